import { crc32, deflateSync } from "node:zlib";

/** A PNG of a soft gradient, other bytes for another `tint` (0 to 255). It carries `exif`, as a camera notes things. */
export function gradient(width: number, height: number, tint: number, exif?: string): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter, 0: none.
    const row = y * (1 + width * 3) + 1;
    for (let x = 0; x < width; x++) {
      rows.set([(x * 255) / width, (y * 255) / height, tint], row + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for each of three colours; compression, filter and interlace as every PNG has them.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const noted = exif === undefined ? [] : [chunk("eXIf", description(exif))];
  const pixels = chunk("IDAT", deflateSync(rows));
  return Buffer.concat([signature, chunk("IHDR", header), ...noted, pixels, chunk("IEND", Buffer.alloc(0))]);
}

/** EXIF that holds one text, the image's description. */
function description(text: string): Buffer {
  const bytes = Buffer.from(`${text}\0`, "latin1");
  const head = Buffer.alloc(26);
  // Little-endian TIFF; its one directory is at 8.
  head.write("II*\0", "latin1");
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(1, 8);
  // ImageDescription, text, its length and its place, which is behind the directory.
  head.writeUInt16LE(0x010e, 10);
  head.writeUInt16LE(2, 12);
  head.writeUInt32LE(bytes.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, bytes]);
}

export interface Picture {
  type: "image/jpeg" | "image/png";
  width: number;
  height: number;
}

/** What a whole JPEG or PNG says of itself; nothing of anything else. */
export function inspect(file: Uint8Array): Picture | undefined {
  const bytes = Buffer.from(file);
  if (bytes.toString("hex", 0, 8) === "89504e470d0a1a0a") {
    const whole = bytes.toString("hex", bytes.length - 8) === "49454e44ae426082";
    return whole ? { type: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
  }
  if (bytes.toString("hex", 0, 2) !== "ffd8" || bytes.toString("hex", bytes.length - 2) !== "ffd9") return undefined;
  // Segments up to the frame's header, of which there are several kinds.
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const kind = bytes[at + 1];
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) {
      return { type: "image/jpeg", width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    }
  }
  return undefined;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
