#!/usr/bin/env python3
"""Makes the files of this folder with matplotlib and Pillow: python3 make.py

figure_*.png are figures as people save them, ramp_*.png the colours of x / 299. figures.csv says where each figure's picture is
by matplotlib's own account. resize_FILTER_WxH.f32 is ../hand_grey8.png, resized by Pillow in single precision.
"""
import os

import matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

FOLDER = os.path.dirname(os.path.abspath(__file__))
places = []


def spectrum(columns=24, rows=16):
    """Loud at the bottom, silent at the top, with beats."""
    y, x = np.mgrid[0:rows, 0:columns]
    return np.clip(1.1 - y / rows * 1.2 + 0.3 * np.cos(x * 1.3) * np.sin(y * 0.9), 0, 1)


def save(name, figure, axes, **options):
    path = os.path.join(FOLDER, f'figure_{name}.png')
    figure.savefig(path, **options)
    image = Image.open(path)
    box = axes.get_window_extent()
    places.append((name, *image.size, box.x0, figure.canvas.get_width_height()[1] - box.y1, box.width, box.height))
    plt.close(figure)


def draw(cmap, colour_bar=False, labels=True, **size):
    figure, axes = plt.subplots(**size)
    shown = axes.imshow(spectrum(), origin='lower', aspect='auto', cmap=cmap, interpolation='nearest', vmin=0, vmax=1)
    if labels:
        axes.set_xlabel('time')
        axes.set_ylabel('frequency')
        axes.set_title('a spectrum')
    if colour_bar:
        figure.colorbar(shown)
    return figure, axes


save('plain', *draw('viridis', figsize=(6, 4), dpi=72), dpi=72)
save('dark', *draw('magma', figsize=(6, 4), dpi=72), dpi=72)
save('light', *draw('gray_r', figsize=(6, 4), dpi=72), dpi=72)
save('bar', *draw('magma', colour_bar=True, figsize=(6.4, 4.8), dpi=100), dpi=100)
figure, axes = draw('viridis', labels=False, figsize=(6, 4), dpi=72)
axes.axis('off')
save('unframed', figure, axes, dpi=72)
figure = plt.figure(figsize=(3, 2), dpi=72)
axes = figure.add_axes([0, 0, 1, 1])
axes.imshow(spectrum(), origin='lower', aspect='auto', cmap='magma', interpolation='nearest')
axes.axis('off')
save('bare', figure, axes, dpi=72)

with open(os.path.join(FOLDER, 'figures.csv'), 'w') as f:
    f.write('# name,width,height,x,y,width and height of the picture in it\n')
    for p in places:
        f.write(','.join(str(round(v, 3)) if isinstance(v, float) else str(v) for v in p) + '\n')

for name, theirs in (('viridis', 'viridis'), ('magma', 'magma'), ('grey', 'gray')):
    plt.imsave(os.path.join(FOLDER, f'ramp_{name}.png'), np.arange(300)[None, :] / 299, cmap=theirs, vmin=0, vmax=1)

source = np.asarray(Image.open(os.path.join(FOLDER, '..', 'hand_grey8.png')), dtype=np.float32) / 255
for name, theirs in (('area', Image.BOX), ('triangle', Image.BILINEAR), ('lanczos3', Image.LANCZOS)):
    for size in ((8, 5), (40, 31), (21, 4), (34, 6)):
        resized = np.asarray(Image.fromarray(source, 'F').resize(size, theirs), dtype='<f4')
        resized.tofile(os.path.join(FOLDER, f'resize_{name}_{size[0]}x{size[1]}.f32'))
