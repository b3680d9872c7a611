use sqlx::postgres::PgPoolOptions;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = PgPoolOptions::new().connect(&std::env::var("DATABASE_URL")?).await?;
    sqlx::migrate!("./migrations").run(&pool).await?;
    let row = sqlx::query!("select count(*) from books").fetch_one(&pool).await?;
    println!("{:?}", row.count);
    Ok(())
}
