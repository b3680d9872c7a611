package a; import net.bytebuddy.agent.ByteBuddyAgent; public class A { public static void main(String[] x){ ByteBuddyAgent.install(); } }
