//! Small files that promise much.

use super::*;

/// Files of a few bytes whose headers promise 60,000 × 60,000 pixels.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let side = 60_000_u16;
    let (big, little) = (side.to_be_bytes(), side.to_le_bytes());

    let mut png = encoded(&halves(8, 8), Codec::Png);
    png[16..24].copy_from_slice(&[[0, 0], big, [0, 0], big].concat());
    let crc = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&crc);

    // Of the screen, and of the frame on a small screen.
    let gif = encoded(&halves(8, 8), Codec::Gif);
    let (mut screen, mut frame) = (gif.clone(), gif.clone());
    screen[6..10].copy_from_slice(&[little, little].concat());
    // A descriptor: place (0, 0), then 8 × 8.
    let at = gif.windows(9).position(|bytes| bytes == [0x2c, 0, 0, 0, 0, 8, 0, 8, 0]).unwrap() + 5;
    frame[at..at + 4].copy_from_slice(&[little, little].concat());
    let both = [&screen[..at], &frame[at..]].concat();

    let mut jpeg = encoded(&halves(8, 8), Codec::Jpeg);
    // A start of frame, baseline: length, 8 bits, height, width.
    let at = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap() + 5;
    jpeg[at..at + 4].copy_from_slice(&[big, big].concat());
    // The same as a progressive one.
    let mut progressive = jpeg.clone();
    progressive[at - 4] = 0xc2;

    // Its own header has 14 bits a side: what promises more is the canvas, in 24 bits, less one.
    let less_one = [0x5f, 0xea, 0];
    let canvas = [&[0; 4], &less_one[..], &less_one].concat();
    let picture = encoded(&halves(8, 8), Codec::WebP);
    let webp = riff(&[chunk(b"VP8X", &canvas), picture[12..].to_vec()]);
    let film_canvas = [&[2, 0, 0, 0], &less_one[..], &less_one].concat();
    let frame_header = [&[0; 6], &less_one[..], &less_one, &[0; 4]].concat();
    let film = riff(&[
        chunk(b"VP8X", &film_canvas),
        chunk(b"ANIM", &[0; 6]),
        chunk(b"ANMF", &[&frame_header, &picture[12..]].concat()),
    ]);
    vec![
        ("a PNG", png),
        ("the screen of a GIF", screen),
        ("a GIF's frame", frame),
        ("a GIF's screen and frame", both),
        ("a JPEG", jpeg),
        ("a progressive JPEG", progressive),
        ("the canvas of a WebP", webp),
        ("an animated WebP", film),
    ]
}

/// A WebP of these chunks (<https://developers.google.com/speed/webp/docs/riff_container>).
fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WEBP".as_slice(), &chunks.concat()].concat())
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let filling = if content.len() % 2 == 1 { &[0][..] } else { &[] };
    [name, &length, content, filling].concat()
}

/// The most memory that this process ever asked for, in bytes; none where the system doesn't tell.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024)
}

/// Fails if something took memory as for the pixels of a bomb, which are 10 GB and more. Other tests run meanwhile, and each
/// thread reserves some for itself.
fn assert_small(before: Option<u64>, what: &str) {
    if let (Some(before), Some(now)) = (before, most_memory()) {
        assert!(now - before < 2 << 30, "{what} took {} MiB", (now - before) >> 20);
    }
}

#[tokio::test]
async fn what_promises_too_many_pixels_is_refused_before_it_is_unpacked() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        for (what, bytes) in bombs() {
            assert!(bytes.len() < 2_000, "{what} has {} bytes", bytes.len());
            let before = most_memory();
            let refused = shelf.add("bomb", &bytes).await;
            assert_eq!(problem(refused), Problem::TooManyPixels { max: MAX_PIXELS }, "{what}");
            assert_small(before, what);
        }
        let page = shelf.library.list(shelf.editor, None).await.unwrap();
        assert!(page.items.is_empty(), "nothing is kept of what was refused");
    })
    .await;
}

#[tokio::test]
async fn what_promises_more_than_there_is_takes_no_memory() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let picture = encoded(&halves(8, 8), Codec::WebP);
        // 8 × 8 pixels, with a profile, EXIF and a film's frame in turn.
        let canvas = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 7, 0, 0, 7, 0, 0]);
        // A chunk that says it has 4 GiB.
        let endless = |name: &[u8; 4]| [&name[..], &[0xf0, 0xff, 0xff, 0xff], b"and nothing more"].concat();
        let frame_header = [0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 0, 0, 0, 0];
        let frame = |more: &[u8]| chunk(b"ANMF", &[&frame_header, &picture[12..], more].concat());
        for (what, chunks) in [
            ("a profile", vec![canvas(0x20), picture[12..].to_vec(), endless(b"ICCP")]),
            ("EXIF", vec![canvas(0x08), picture[12..].to_vec(), endless(b"EXIF")]),
            ("EXIF in a frame", vec![canvas(0x02), chunk(b"ANIM", &[0; 6]), frame(&endless(b"EXIF"))]),
        ] {
            let before = most_memory();
            let refused = shelf.add("liar.webp", &riff(&chunks)).await;
            assert_eq!(problem(refused), Problem::DamagedFile, "{what}");
            assert_small(before, what);
        }
        let honest = [canvas(0x08), picture[12..].to_vec(), chunk(b"EXIF", b"II*\0\x08\0\0\0\0\0")];
        assert!(shelf.add("honest.webp", &riff(&honest)).await.is_ok());
        let film = [canvas(0x02), chunk(b"ANIM", &[0; 6]), frame(&chunk(b"EXIF", b"odd"))];
        assert!(shelf.add("film.webp", &riff(&film)).await.is_ok());
    })
    .await;
}

/// As PNG defines it (<https://www.w3.org/TR/png-3/#D-CRCAppendix>).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    })
}
