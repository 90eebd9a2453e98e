//! Content identifiers: DAG-CBOR (<https://ipld.io/specs/codecs/dag-cbor/spec/>) of a record, its SHA-256, as CIDv1 in
//! base32, so that equal records have equal CIDs, as on a real server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

const RAW: u8 = 0x55;
const DAG_CBOR: u8 = 0x71;

/// The CID of a record.
pub(super) fn of_record(record: &Value) -> String {
    let mut bytes = Vec::new();
    encode(record, &mut bytes);
    cid(DAG_CBOR, &Sha256::digest(&bytes))
}

/// The CID of a blob, from the hexadecimal digest it is kept under.
pub(super) fn of_blob(sha256: &str) -> String {
    cid(RAW, &hex::decode(sha256).unwrap_or_default())
}

/// The hexadecimal digest inside a blob's CID.
pub(super) fn digest_of(cid: &str) -> Option<String> {
    let bytes = base32_decode(cid.strip_prefix('b')?)?;
    (bytes.len() == 36 && bytes[..4] == [1, RAW, 0x12, 0x20]).then(|| hex::encode(&bytes[4..]))
}

fn cid(codec: u8, digest: &[u8]) -> String {
    let mut bytes = vec![1, codec, 0x12, 0x20];
    bytes.extend_from_slice(digest);
    format!("b{}", base32(&bytes))
}

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[usize::try_from((buffer >> bits) & 31).unwrap_or(0)]));
        }
        buffer &= 0xff;
    }
    if bits > 0 {
        out.push(char::from(LETTERS[usize::try_from((buffer << (5 - bits)) & 31).unwrap_or(0)]));
    }
    out
}

fn base32_decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|l| *l == letter)?;
        buffer = ((buffer << 5) | u32::try_from(value).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((buffer >> bits) & 0xff).ok()?);
        }
    }
    Some(out)
}

fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(false) => out.push(0xf4),
        Value::Bool(true) => out.push(0xf5),
        Value::Number(number) => encode_number(number, out),
        Value::String(text) => {
            head(3, text.len(), out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            head(4, items.len(), out);
            items.iter().for_each(|item| encode(item, out));
        }
        Value::Object(object) => {
            if let (1, Some(Value::String(link))) = (object.len(), object.get("$link")) {
                let bytes = link.strip_prefix('b').and_then(base32_decode).unwrap_or_default();
                out.extend_from_slice(&[0xd8, 0x2a]);
                head(2, bytes.len() + 1, out);
                out.push(0);
                out.extend_from_slice(&bytes);
                return;
            }
            if let (1, Some(Value::String(text))) = (object.len(), object.get("$bytes")) {
                let bytes = STANDARD_NO_PAD.decode(text.trim_end_matches('=')).unwrap_or_default();
                head(2, bytes.len(), out);
                out.extend_from_slice(&bytes);
                return;
            }
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            head(5, keys.len(), out);
            for key in keys {
                head(3, key.len(), out);
                out.extend_from_slice(key.as_bytes());
                encode(&object[key.as_str()], out);
            }
        }
    }
}

fn encode_number(number: &serde_json::Number, out: &mut Vec<u8>) {
    if let Some(n) = number.as_u64() {
        head64(0, n, out);
    } else if let Some(n) = number.as_i64() {
        head64(1, n.unsigned_abs() - 1, out);
    } else {
        out.push(0xfb);
        out.extend_from_slice(&number.as_f64().unwrap_or_default().to_be_bytes());
    }
}

fn head(major: u8, len: usize, out: &mut Vec<u8>) {
    head64(major, u64::try_from(len).unwrap_or(u64::MAX), out);
}

fn head64(major: u8, n: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    if let Ok(small) = u8::try_from(n) {
        if small < 24 {
            out.push(major | small);
        } else {
            out.extend_from_slice(&[major | 24, small]);
        }
    } else if let Ok(n) = u16::try_from(n) {
        out.push(major | 25);
        out.extend_from_slice(&n.to_be_bytes());
    } else if let Ok(n) = u32::try_from(n) {
        out.push(major | 26);
        out.extend_from_slice(&n.to_be_bytes());
    } else {
        out.push(major | 27);
        out.extend_from_slice(&n.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The empty map's CID is well known: <https://cid.ipfs.tech/#bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua>.
    #[test]
    fn the_empty_map_has_its_known_cid() {
        assert_eq!(of_record(&json!({})), "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
    }

    #[test]
    fn a_blob_is_found_again_by_its_cid() {
        let digest = crate::ids::sha256_hex(b"abc");
        assert_eq!(digest_of(&of_blob(&digest)), Some(digest));
    }
}
