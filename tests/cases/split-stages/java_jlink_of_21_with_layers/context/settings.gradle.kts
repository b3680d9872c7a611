rootProject.name = "parcels"
