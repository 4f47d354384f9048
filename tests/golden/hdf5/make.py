#!/usr/bin/env python3
"""Makes the HDF5 files of this folder with PyTables and h5py, and expected.json with what libhdf5 reads from them.

    python3 make.py             the .h5 files and expected.json
    python3 make.py MSD.json DIR   the sha256 of the raw bytes of every dataset of every .h5 file under DIR, as JSON

Needs tables, h5py, numpy (apt-get install python3-tables python3-h5py). The files differ from run to run in what libraries put into
unused room; what they hold does not.
"""
import hashlib
import json
import os
import sys

import h5py
import numpy as np
import tables

HERE = os.path.dirname(os.path.abspath(__file__))


def at(name):
    return os.path.join(HERE, name)


def pytables():
    rng = np.random.default_rng(1)
    with tables.open_file(at('pytables.h5'), 'w', title='A song', filters=tables.Filters(complevel=1, complib='zlib', shuffle=True)) as f:
        analysis = f.create_group('/', 'analysis', 'the analysis')
        f.create_group('/', 'empty')
        e = f.create_earray(analysis, 'start', tables.Float64Atom(), (0,), 'a title', chunkshape=(64,))
        e.append(np.cumsum(rng.random(300)))
        e = f.create_earray(analysis, 'timbre', tables.Float64Atom(), (0, 12), chunkshape=(7, 12))
        e.append(rng.normal(size=(50, 12)))
        f.create_earray(analysis, 'nothing', tables.Float64Atom(), (0,))
        e = f.create_earray(analysis, 'terms', tables.StringAtom(20), (0,))
        e.append(np.array([b'rock', b'', b'exactly twenty bytes', 'été'.encode()]))
        e = f.create_earray(analysis, 'across', tables.Int32Atom(), (5, 0), chunkshape=(2, 3))
        e.append(np.arange(35, dtype='i4').reshape(5, 7))
        c = f.create_carray('/', 'cube', tables.Int16Atom(dflt=-7), (5, 6, 7), chunkshape=(2, 3, 4), filters=tables.Filters(complevel=9, shuffle=True, fletcher32=True))
        c[1:4, 2:5, 3:7] = np.arange(36, dtype='i2').reshape(3, 3, 4)
        c = f.create_carray('/', 'plain', tables.Float32Atom(), (10,), chunkshape=(4,), filters=tables.Filters(complevel=0))
        c[:] = np.arange(10) / 4
        c = f.create_carray('/', 'checked', tables.UInt8Atom(), (33,), chunkshape=(11,), filters=tables.Filters(complevel=0, fletcher32=True))
        c[:] = np.arange(33)
        f.create_array('/', 'contiguous', np.arange(12, dtype='u8').reshape(3, 4) + 2**40)
        f.create_array('/', 'bigendian', np.array([1.5, -2.25, 1e300], dtype='>f8'))
        f.create_array('/', 'scalar', 42)

        class Row(tables.IsDescription):
            title = tables.StringCol(24, pos=0, dflt=b'none')
            year = tables.Int32Col(pos=1)
            tempo = tables.Float64Col(pos=2)
            live = tables.BoolCol(pos=3)
            small = tables.UInt8Col(pos=4)
            wide = tables.Int64Col(pos=5)
            half = tables.Float32Col(pos=6)
            chroma = tables.Float64Col(shape=(2, 3), pos=7)
            key = tables.EnumCol(['c', 'd', 'e'], 'd', base='int8', pos=8)

        t = f.create_table('/', 'songs', Row, 'the songs', chunkshape=(8,))
        row = t.row
        for i in range(20):
            row['title'], row['year'], row['tempo'], row['live'] = b'song %d' % i, 1990 + i, 100 + i / 8, i % 3 == 0
            row['small'], row['wide'], row['half'], row['chroma'] = 200 + i, -2**40 * i, i / 4, np.arange(6).reshape(2, 3) * i
            row['key'] = i % 3
            row.append()
        t.flush()
        t.attrs.note = 'a note'
        t.attrs.count = np.int16(-3)
        t.attrs.weights = np.array([0.5, 0.25])
        t.attrs.none = ''
        f.create_soft_link('/analysis', 'songs', '/songs')
        f.create_soft_link('/analysis', 'dangling', '/nowhere')
        f.create_hard_link('/', 'again', '/analysis/start')
    with tables.open_file(at('bigendian.h5'), 'w') as f:
        f.create_table('/', 'rows', np.array([(1, 2.5, 3), (-4, 5.5, 60000)], dtype=[('a', '>i4'), ('b', '>f8'), ('c', '>u2')]), chunkshape=(4,))
    with tables.open_file(at('deep.h5'), 'w') as f:   # a chunk tree of two levels
        e = f.create_earray('/', 'many', tables.Int32Atom(), (0,), chunkshape=(1,), filters=tables.Filters(complevel=0))
        e.append(np.arange(200, dtype='i4') * 3)


def with_h5py():
    rng = np.random.default_rng(2)
    with h5py.File(at('h5py.h5'), 'w') as f:
        f.attrs['text'] = 'of variable length'
        f.attrs['texts'] = np.array(['a', 'été', ''], dtype=h5py.string_dtype())
        f.attrs['fixed'] = np.bytes_('fixed')
        f.attrs['array'] = np.arange(6, dtype='i4').reshape(2, 3)
        f.attrs['flag'] = True
        for kind in ['i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8', '>i2', '>i4', '>i8', '>u2', '>u4', '>u8', '>f2', '>f4', '>f8']:
            low = 0 if 'u' in kind else -100
            f.create_dataset('types/' + kind.replace('>', 'big_'), data=np.arange(low, low + 120, 7).astype(kind))
        f['bool'] = np.array([True, False, True])
        f['null'] = h5py.Empty('f4')
        f['scalar'] = 3.25
        f['text'] = np.bytes_('scalar text')
        f['utf8'] = np.array(['für'.encode(), b'x'], dtype=h5py.string_dtype('utf-8', 6))
        f['opaque'] = np.void(b'\x01\x02\x03')
        f['record'] = np.array([((1, 2.0), [1, 2, 3])], dtype=[('inner', [('a', 'i4'), ('b', 'f8')]), ('list', 'i2', (3,))])
        f.create_dataset('gzip', data=rng.integers(0, 9, (40, 5)), chunks=(16, 5), compression=6)
        f.create_dataset('shuffled4', data=rng.random((17, 9)).astype('f4'), chunks=(5, 4), shuffle=True)
        f.create_dataset('checked', data=rng.random(31), chunks=(10,), compression=1, shuffle=True, fletcher32=True)
        f.create_dataset('noise', data=rng.integers(0, 256, 100, dtype='u1'), chunks=(50,), compression=1)   # does not shrink: filters are left out
        d = f.create_dataset('masked', (20,), 'i8', chunks=(10,), shuffle=True, compression=1)
        d[:10] = np.arange(10)
        d.id.write_direct_chunk((10,), np.arange(10, 20).tobytes(), filter_mask=3)   # a chunk that both filters were left out for
        d = f.create_dataset('sparse', (100, 3), 'i4', chunks=(10, 2), fillvalue=-5, compression=1)
        d[33:44, 1] = 1
        f.create_dataset('unwritten', (7,), 'f8', fillvalue=1.5)
        d = f.create_dataset('shrunk', data=np.arange(100), chunks=(8,), maxshape=(None,))
        d.resize((50,))
        d = f.create_dataset('four', data=rng.random((3, 4, 5, 6)), chunks=(2, 3, 2, 4), maxshape=(None, 4, None, 6), compression=1, shuffle=True)
        space, kind = h5py.h5s.create_simple((4,)), h5py.h5t.NATIVE_INT16
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_layout(h5py.h5d.COMPACT)
        h5py.h5d.create(f.id, b'compact', kind, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1, -2, 3, -4], 'i2'))
        many = f.create_group('many')
        for i in range(400):
            many['n%03d' % i] = f['scalar']   # hard links: a tree of two levels
        nested = f
        for i in range(12):
            nested = nested.create_group('g')
        nested['bottom'] = 12
    with h5py.File(at('userblock.h5'), 'w', userblock_size=1024) as f:
        f['x'] = np.arange(5)


def refused():
    vlen = h5py.string_dtype()
    with h5py.File(at('latest.h5'), 'w', libver='latest') as f:
        f['x'] = np.arange(5)
    with h5py.File(at('refused.h5'), 'w') as f:
        f['vlen'] = np.array(['a', 'bc'], dtype=object).astype(vlen)
        f.create_dataset('sequences', (2,), h5py.vlen_dtype('i4'))
        f.create_dataset('lzf', data=np.arange(100), compression='lzf')
        f.create_dataset('scaleoffset', data=np.arange(100), scaleoffset=0)
        f['reference'] = np.array([f['lzf'].ref], dtype=h5py.ref_dtype)
        f['type'] = np.dtype('i4')
        h5py.h5d.create(f.id, b'committed', f['type'].id, h5py.h5s.create_simple((3,)))
        f.create_dataset('external', (3,), 'i4', external=[('absent.bin', 0, 12)])
        layout = h5py.VirtualLayout((4,), 'i8')
        layout[:] = h5py.VirtualSource('absent.h5', 'x', (4,))
        odd = h5py.h5t.STD_I32LE.copy()
        odd.set_precision(12)
        h5py.h5d.create(f.id, b'twelve', odd, h5py.h5s.create_simple((3,)))
        row = np.dtype([('ok', 'i4'), ('text', vlen)])
        f.create_dataset('rows', (2,), row)
        f['sound'] = 1
    with h5py.File(at('ordered.h5'), 'w') as f:
        f.create_group('ordered', track_order=True)['x'] = 1
    with h5py.File(at('virtual.h5'), 'w', libver=('earliest', 'v110')) as f:
        f.create_virtual_dataset('virtual', layout)


def plain(value):
    if isinstance(value, h5py.Empty):
        return None
    if isinstance(value, bytes):
        return value.decode('utf-8', 'replace')
    value = np.asarray(value)
    if value.dtype.kind in 'SO':
        return [plain(v) if isinstance(v, bytes) else str(v) for v in value.ravel().tolist()]
    if value.dtype.kind in 'iufb':
        return [float(v) for v in value.ravel()]
    return None


def describe(path):
    with h5py.File(path, 'r') as f:
        groups, datasets = ['/'], {}

        def visit(name, item):
            if isinstance(item, h5py.Group):
                groups.append('/' + name)
            elif isinstance(item, h5py.Dataset):
                if item.shape is None:
                    datasets['/' + name] = dict(shape=None)
                    return
                raw = item[()].tobytes() if item.dtype.kind != 'O' else b''
                datasets['/' + name] = dict(
                    shape=list(item.shape), maxshape=[-1 if m is None else m for m in item.maxshape], chunks=list(item.chunks) if item.chunks else None,
                    itemsize=item.dtype.itemsize, sha256=hashlib.sha256(raw).hexdigest(), values=plain(item[()]) if item.size <= 64 else None,
                    attributes={k: plain(v) for k, v in item.attrs.items()})
        f.visititems(visit)
        return dict(groups=groups, datasets=datasets, attributes={k: plain(v) for k, v in f.attrs.items()})


def hashes(folder):
    result = {}
    for top, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith('.h5'):
                with h5py.File(os.path.join(top, name), 'r') as f:
                    one = {}
                    f.visititems(lambda p, d: one.__setitem__('/' + p, hashlib.sha256(d[()].tobytes()).hexdigest()) if isinstance(d, h5py.Dataset) else None)
                    text = ''.join(f'{p} {h}\n' for p, h in sorted(one.items()))
                    result[name] = dict(datasets=len(one), sha256=hashlib.sha256(text.encode()).hexdigest())
    return result


if __name__ == '__main__':
    if len(sys.argv) == 3:
        with open(sys.argv[1], 'w') as f:
            json.dump(hashes(sys.argv[2]), f, indent=0)
            f.write('\n')
    else:
        pytables()
        with_h5py()
        refused()
        with open(at('expected.json'), 'w') as f:
            json.dump({n: describe(at(n)) for n in ['pytables.h5', 'bigendian.h5', 'deep.h5', 'h5py.h5', 'userblock.h5']}, f, indent=1)
            f.write('\n')
