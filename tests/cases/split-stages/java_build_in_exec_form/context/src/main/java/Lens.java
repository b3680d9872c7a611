public class Lens {
    public static void main(String[] args) {
        System.out.println(ModuleLayer.boot().modules().size());
    }
}
