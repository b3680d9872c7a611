package pq

// cut short: only that the folder is here matters
const Name = "postgres"
