using Pipeline.Nn;

namespace Pipeline.Models;

/// <summary>The stretches of a window that a network looks at one by one, where it looks at less than a window.</summary>
public static class Views
{
    /// <summary>How many there are: what is wanted, or one where no input is longer than what is looked at.</summary>
    /// <param name="windows">Shape of a window, for each input.</param>
    /// <param name="lookedAt">Shape of what is looked at of it.</param>
    /// <param name="wanted">How many are wanted.</param>
    public static int Count(IReadOnlyList<Shape> windows, IReadOnlyList<Shape> lookedAt, int wanted)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows.Zip(lookedAt).Any(p => p.First.Width > p.Second.Width) ? wanted : 1;
    }

    /// <summary>The first column of a view: they are spread evenly, the first at the beginning and the last at the end; a single one is in the middle.</summary>
    /// <param name="window">Shape of a window.</param>
    /// <param name="lookedAt">Shape of a view.</param>
    /// <param name="view">Which, from 0.</param>
    /// <param name="count">How many there are.</param>
    public static int Start(Shape window, Shape lookedAt, int view, int count)
    {
        int room = Math.Max(0, window.Width - lookedAt.Width);
        return count == 1 ? room / 2 : (int)((long)room * view / (count - 1));
    }

    /// <summary>Cuts a view out of a window.</summary>
    /// <param name="window">The window, height x width x channels.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="lookedAt">Shape of the view.</param>
    /// <param name="start">Its first column.</param>
    /// <param name="to">The view.</param>
    public static void Cut(ReadOnlySpan<float> window, Shape shape, Shape lookedAt, int start, Span<float> to)
    {
        if (shape == lookedAt)
        {
            window.CopyTo(to);
            return;
        }

        for (int h = 0; h < shape.Height; h++)
        {
            ReadOnlySpan<float> line = window.Slice(h * shape.Width * shape.Channels, shape.Width * shape.Channels);
            line.Slice(start * shape.Channels, lookedAt.Width * shape.Channels).CopyTo(to[(h * lookedAt.Width * shape.Channels)..]);
        }
    }
}
