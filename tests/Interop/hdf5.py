"""Checks the HDF5 library against PyTables, h5py and h5dump, which share no code with it.

    python3 hdf5.py make FOLDER [MSD]    has PyTables write FOLDER/theirs/*.h5; some files under MSD are put beside them
    Interop --hdf5 FOLDER                reads those, and writes each anew as FOLDER/ours/*.h5
    python3 hdf5.py compare FOLDER       reads both

Prints "ok NAME READER" or "FAIL NAME READER: what differs first" per file and reader, then "N passed, N failed"; exit code 1 if
anything failed or nothing was there. Per file:

h5py      every dataset's bytes have the hash that the library found; the copy has the same objects, types, shapes, chunks, fill
          values, data and attributes
pytables  every node of the copy reads like that of the original, of the same kind, with the same attributes
h5dump    says the same of both, once with properties and headers (the sizes of packed chunks aside), once with all values
"""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import warnings

try:
    import h5py
    import numpy as np
    import tables
except ImportError as e:
    sys.exit(f'hdf5.py: {e}: apt-get install hdf5-tools python3-tables python3-h5py')
if not shutil.which('h5dump'):
    sys.exit('hdf5.py: there is no h5dump: apt-get install hdf5-tools python3-tables python3-h5py')

FILES = 40
REAL_FILES = 8
ATOMS = [tables.Float64Atom, tables.Float32Atom, tables.Int8Atom, tables.UInt8Atom, tables.Int16Atom, tables.Int32Atom, tables.UInt32Atom, tables.Int64Atom,
         tables.UInt64Atom, tables.BoolAtom]


def values(rng, dtype, shape):
    dtype = np.dtype(dtype)
    if dtype.kind == 'S':
        return np.array([rng.bytes(rng.integers(0, dtype.itemsize + 1)).replace(b'\0', b'x') for _ in range(int(np.prod(shape)))], dtype=dtype).reshape(shape)
    if dtype.kind == 'b':
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.kind == 'f':
        return rng.normal(size=shape).astype(dtype)
    info = np.iinfo(dtype)
    return rng.integers(info.min, info.max, shape, dtype=dtype, endpoint=True)


def random_filters(rng):
    level = int(rng.integers(0, 10))
    return tables.Filters(complevel=level, complib='zlib', shuffle=bool(rng.integers(2)) and level > 0, fletcher32=bool(rng.integers(2)))


def random_file(path, seed):
    rng = np.random.default_rng(seed)
    with tables.open_file(path, 'w', title='random file' if seed % 2 else '') as f:
        groups = [f.root]
        for n in range(rng.integers(1, 5)):
            groups.append(f.create_group(groups[rng.integers(len(groups))], f'group{n}', f'title {n}'))
        for n in range(rng.integers(4, 14)):
            where, name, title = groups[rng.integers(len(groups))], f'node{n}', ['', 'a title'][rng.integers(2)]
            atom = tables.StringAtom(int(rng.integers(1, 30))) if rng.integers(4) == 0 else ATOMS[rng.integers(len(ATOMS))]()
            rank = int(rng.integers(1, 4))
            shape = tuple(int(rng.integers(1, 30)) for _ in range(rank))
            chunks = tuple(int(rng.integers(1, s + 4)) for s in shape)
            kind = rng.integers(4)
            if kind == 0:
                node = f.create_array(where, name, values(rng, atom.dtype, shape), title)
            elif kind == 1:
                node = f.create_earray(where, name, atom, (0,) + shape[1:], title, chunkshape=chunks, filters=random_filters(rng))
                for _ in range(rng.integers(0, 4)):
                    node.append(values(rng, atom.dtype, shape))
            elif kind == 2:
                node = f.create_carray(where, name, atom, shape, title, chunkshape=chunks, filters=random_filters(rng))
                node[tuple(slice(0, (s + 1) // 2) for s in shape)] = values(rng, atom.dtype, tuple((s + 1) // 2 for s in shape))
            else:
                fields = [('text', f'S{rng.integers(1, 40)}')] + [(f'field{i}', ATOMS[rng.integers(len(ATOMS))]().dtype) + (((int(rng.integers(1, 4)), 2),) if rng.integers(4) == 0 else ())
                                                                  for i in range(rng.integers(1, 12))]
                node = f.create_table(where, name, np.dtype(fields), title, chunkshape=int(rng.integers(1, 50)), filters=random_filters(rng))
                rows = np.zeros(int(rng.integers(0, 100)), dtype=np.dtype(fields))
                for field in rows.dtype.names:
                    part = rows[field]
                    rows[field] = values(rng, part.dtype, part.shape)
                node.append(rows)
            node.attrs.number, node.attrs.text, node.attrs.list = float(rng.normal()), 'a text', np.arange(int(rng.integers(1, 5)), dtype='i4')
            node.attrs.none = ''


def large_files(folder):
    """Trees of several levels: a group of many nodes, a dataset of many chunks."""
    with tables.open_file(os.path.join(folder, 'many.h5'), 'w') as f:
        warnings.simplefilter('ignore')
        group = f.create_group('/', 'many')
        for n in range(600):
            f.create_array(group, f'n{n}', np.array([n]))
        e = f.create_earray('/', 'chunks', tables.Float64Atom(), (0, 3), chunkshape=(2, 2), filters=tables.Filters(1, 'zlib'))
        e.append(np.arange(15000.0).reshape(5000, 3))


def make(folder, msd):
    theirs = os.path.join(folder, 'theirs')
    os.makedirs(theirs)
    for seed in range(FILES):
        random_file(os.path.join(theirs, f'random{seed:02}.h5'), seed)
    large_files(theirs)
    real = sorted(glob.glob(os.path.join(msd, '**', '*.h5'), recursive=True))[:REAL_FILES] if msd else []
    for path in real:
        shutil.copy(path, theirs)
    print(f'{FILES + 1} files by PyTables {tables.__version__}, {len(real)} of the Million Song Dataset' + ('' if real else ' (there are none here)'))


class Different(Exception):
    pass


def same(what, a, b):
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        a, b = np.asarray(a), np.asarray(b)
        if a.dtype != b.dtype or a.shape != b.shape or a.tobytes() != b.tobytes():
            raise Different(f'{what}: {a.dtype}{a.shape} there, {b.dtype}{b.shape} here, or of other values')
    elif type(a) is not type(b) or not (a == b or a != a):
        raise Different(f'{what}: {a!r} there, {b!r} here')


def attributes(what, a, b):
    same(what, sorted(a.keys()), sorted(b.keys()))
    for key in a.keys():
        x, y = a[key], b[key]
        if isinstance(x, h5py.Empty):
            same(f'{what}@{key}', (x.dtype, True), (y.dtype, isinstance(y, h5py.Empty)))
        else:
            same(f'{what}@{key}', x, y)


def check_h5py(theirs, ours):
    with open(ours[:-3] + '.json') as j, h5py.File(theirs, 'r') as a, h5py.File(ours, 'r') as b:
        read = json.load(j)
        names = [[], []]
        a.visit(names[0].append), b.visit(names[1].append)
        same('names', names[0], names[1])
        attributes('/', a.attrs, b.attrs)
        for name in names[0]:
            x, y = a[name], b[name]
            same(name, type(x).__name__, type(y).__name__)
            attributes(name, x.attrs, y.attrs)
            if isinstance(x, h5py.Dataset):
                same(name, (x.shape, x.maxshape, x.chunks, x.compression, x.compression_opts, x.shuffle, x.fletcher32, str(x.dtype)),
                     (y.shape, y.maxshape, y.chunks, y.compression, y.compression_opts, y.shuffle, y.fletcher32, str(y.dtype)))
                same(name + ' type', True, x.id.get_type().equal(y.id.get_type()))
                same(name + ' fill value', x.fillvalue, y.fillvalue)
                same(name + ' as read', hashlib.sha256(x[()].tobytes()).hexdigest(), read.pop('/' + name))
                same(name, x[()], y[()])
        same('datasets', {}, read)


def check_pytables(theirs, ours):
    with tables.open_file(theirs) as a, tables.open_file(ours) as b:
        left, right = list(a.walk_nodes()), list(b.walk_nodes())
        same('nodes', [n._v_pathname for n in left], [n._v_pathname for n in right])
        for x, y in zip(left, right):
            name = x._v_pathname
            same(name, (type(x).__name__, x._v_title), (type(y).__name__, y._v_title))
            same(name, x._v_attrs._f_list('all'), y._v_attrs._f_list('all'))
            for key in x._v_attrs._f_list('all'):
                same(f'{name}@{key}', x._v_attrs[key], y._v_attrs[key])
            if isinstance(x, tables.Leaf):
                same(name, str(x.filters), str(y.filters))
                same(name, x.read(), y.read())


def dump(path, *options):
    text = subprocess.run(['h5dump', *options, path], capture_output=True, check=True).stdout
    lines = text.split(b'\n')[1:]   # the first has the file's name
    return [re.sub(rb'^( *SIZE \d+).*', b'SIZE', re.sub(rb'^( *OFFSET \d+).*', b'OFFSET', line)) for line in lines]


def check_h5dump(theirs, ours):
    for options in ['-pH'], []:
        a, b = dump(theirs, *options), dump(ours, *options)
        for n, (x, y) in enumerate(zip(a, b)):
            if x != y:
                raise Different(f'h5dump {" ".join(options)}, line {n + 2}: {x.strip().decode(errors="replace")!r} there, {y.strip().decode(errors="replace")!r} here')
        same('lines', len(a), len(b))


def compare(folder):
    passed = failed = 0
    for theirs in sorted(glob.glob(os.path.join(folder, 'theirs', '*.h5'))):
        name = os.path.basename(theirs)[:-3]
        ours = os.path.join(folder, 'ours', name + '.h5')
        for reader, check in ('h5py', check_h5py), ('pytables', check_pytables), ('h5dump', check_h5dump):
            try:
                check(theirs, ours)
                passed += 1
                print(f'ok {name} {reader}')
            except Exception as e:
                failed += 1
                print(f'FAIL {name} {reader}: {str(e).splitlines()[0] if str(e) else type(e).__name__}')
    print(f'{passed} passed, {failed} failed')
    return failed == 0 and passed > 0


if __name__ == '__main__':
    if sys.argv[1:2] == ['make'] and len(sys.argv) in (3, 4):
        make(sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else None)
    elif sys.argv[1:2] == ['compare'] and len(sys.argv) == 3:
        sys.exit(0 if compare(sys.argv[2]) else 1)
    else:
        sys.exit('usage: hdf5.py make FOLDER [MSD] | hdf5.py compare FOLDER')
