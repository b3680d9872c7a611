public class Clock {}
