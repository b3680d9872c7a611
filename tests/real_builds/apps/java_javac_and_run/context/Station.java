record Station(String code, String name) {
    static Station of(String line) {
        String[] parts = line.split(",", 2);
        return new Station(parts[0], parts[1]);
    }
}
