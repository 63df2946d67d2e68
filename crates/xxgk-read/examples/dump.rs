fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let t = std::time::Instant::now();
    match xxgk_read::read(&bytes) {
        Ok(document) => print!("{}", document.text()),
        Err(e) => println!("ERR {e:?}"),
    }
    eprintln!("{:?}", t.elapsed());
}
