use diesel::prelude::*;

fn main() {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set");
    PgConnection::establish(&url).expect("the database answers");
}
