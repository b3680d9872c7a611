package a; import reactor.tools.agent.ReactorDebugAgent; public class A { public static void main(String[] x) throws Exception { ReactorDebugAgent.init(); } }
