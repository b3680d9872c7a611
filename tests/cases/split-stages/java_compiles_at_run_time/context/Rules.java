import java.nio.file.Path;
import javax.tools.ToolProvider;

public class Rules {
    public static void main(String[] args) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(null, null, null, Path.of("rules", "Today.java").toString());
        System.out.println("compiled: " + status);
    }
}
