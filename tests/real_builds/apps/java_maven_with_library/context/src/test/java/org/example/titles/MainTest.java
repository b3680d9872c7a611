package org.example.titles;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class MainTest {
    @Test
    public void everyWordIsCapitalised() {
        assertEquals("A Small Step", Main.title("a small STEP"));
    }
}
