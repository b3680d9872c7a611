package note

// Text is what is said.
const Text = "noted"
