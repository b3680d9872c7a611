public class Today {}
