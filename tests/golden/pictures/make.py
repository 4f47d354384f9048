#!/usr/bin/env python3
"""Makes the PNG files of this folder: python3 make.py

hand_*.png are written here with zlib alone: every kind of PNG, plain and interlaced, a row's filter its number modulo 5. Their
stored samples are value(x, y, c), which the tests know too. Pillow, where it is installed, confirms them.
pillow_*.png and ffmpeg_*.png hold the same samples, written by these programs as they see fit.
"""
import os
import struct
import subprocess
import sys
import zlib

WIDTH, HEIGHT = 21, 13
FOLDER = os.path.dirname(os.path.abspath(__file__))
STORED = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def value(x, y, c, full):
    return ((x * 2741 + y * 5171 + c * 9973) ^ (x * y * 37)) & full


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def nearest(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(kind, row, above, step):
    out = bytearray([kind])
    for i, v in enumerate(row):
        a, b, c = (row[i - step] if i >= step else 0), above[i], (above[i - step] if i >= step else 0)
        out.append((v - [0, a, b, (a + b) // 2, nearest(a, b, c)][kind]) & 255)
    return bytes(out)


def rows(xs, ys, colour, depth, full):
    count = STORED[colour]
    step = max(1, count * depth // 8)
    above = None
    out = b''
    for n, y in enumerate(ys):
        samples = [value(x, y, c, full) for x in xs for c in range(count)]
        if depth == 16:
            row = b''.join(struct.pack('>H', s) for s in samples)
        else:
            bits = ''.join(format(s, f'0{depth}b') for s in samples)
            bits += '0' * (-len(bits) % 8)
            row = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        out += filtered((n + len(xs)) % 5, row, above or bytes(len(row)), step)
        above = row
    return out


def png(colour, depth, interlaced, more=b'', full=None, width=WIDTH, height=HEIGHT):
    full = full or (1 << depth) - 1
    data = b''
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        xs, ys = range(x0, width, dx), range(y0, height, dy)
        if len(xs) and len(ys):
            data += rows(xs, ys, colour, depth, full)
    packed = zlib.compress(data, 9)
    header = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, int(interlaced))
    third = len(packed) // 3
    pieces = [packed[:third], b'', packed[third:]]
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'gAMA', struct.pack('>I', 45455)) + chunk(b'sRGB', b'\0') + more
            + b''.join(chunk(b'IDAT', p) for p in pieces) + chunk(b'tEXt', b'Comment\0by hand') + chunk(b'IEND', b''))


def colours(count):
    """Of a palette: colour i is (7 i, 255 - 3 i, 5 i + 1), each modulo 256."""
    return chunk(b'PLTE', bytes(v & 255 for i in range(count) for v in (7 * i, 255 - 3 * i, 5 * i + 1)))


def main():
    files = {}
    for i in (False, True):
        end = '_interlaced.png' if i else '.png'
        for depth in (1, 2, 4, 8, 16):
            files[f'hand_grey{depth}{end}'] = png(0, depth, i)
        for name, colour in (('rgb', 2), ('greyalpha', 4), ('rgba', 6)):
            for depth in (8, 16):
                files[f'hand_{name}{depth}{end}'] = png(colour, depth, i)
        for depth in (1, 2, 4, 8):
            files[f'hand_palette{depth}{end}'] = png(3, depth, i, colours(1 << depth))
    # The colour of pixel (2, 3) is clear.
    for name, colour, depth in (('grey', 0, 4), ('grey', 0, 16), ('rgb', 2, 8), ('rgb', 2, 16)):
        clear = b''.join(struct.pack('>H', value(2, 3, c, (1 << depth) - 1)) for c in range(STORED[colour]))
        files[f'hand_{name}{depth}_clear.png'] = png(colour, depth, False, chunk(b'tRNS', clear))
    # Alpha of colour i is 11 i modulo 256 for the first 100 colours of 200; indices are below 128.
    files['hand_palette8_clear.png'] = png(3, 8, False, colours(200) + chunk(b'tRNS', bytes(11 * i & 255 for i in range(100))), full=127)
    files['hand_rgb8_1x1_interlaced.png'] = png(2, 8, True, width=1, height=1)
    files['hand_grey1_3x2_interlaced.png'] = png(0, 1, True, width=3, height=2)
    for name, data in files.items():
        with open(os.path.join(FOLDER, name), 'wb') as f:
            f.write(data)

    kinds = {'grey8': ('L', 1), 'rgb8': ('RGB', 3), 'greyalpha8': ('LA', 2), 'rgba8': ('RGBA', 4)}
    try:
        from PIL import Image
    except ImportError:
        sys.exit('Pillow is not installed: its files are left as they are')
    for name, (mode, count) in kinds.items():
        raw = bytes(value(x, y, c, 255) for y in range(HEIGHT) for x in range(WIDTH) for c in range(count))
        for end in ('.png', '_interlaced.png'):
            assert Image.open(os.path.join(FOLDER, f'hand_{name}{end}')).convert(mode).tobytes() == raw, name
        path = os.path.join(FOLDER, f'pillow_{name}.png')
        Image.frombytes(mode, (WIDTH, HEIGHT), raw).save(path, gamma=0.45455, dpi=(72, 72))
        if mode != 'LA':
            subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', path, '-bitexact', '-pred', 'mixed', os.path.join(FOLDER, f'ffmpeg_{name}.png')], check=True)
    for name in files:
        Image.open(os.path.join(FOLDER, name)).load()


main()
