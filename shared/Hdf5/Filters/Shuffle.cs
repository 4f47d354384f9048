namespace Pipeline.Hdf5.Filters;

/// <summary>
/// The shuffle filter: all first bytes of the elements, then all second bytes, and so on, which deflate packs better. Bytes behind the last whole element stay
/// where they are.
/// </summary>
internal static partial class Shuffle
{
    /// <summary>Shuffles <paramref name="source"/>.</summary>
    /// <param name="source">Elements, of <paramref name="size"/> bytes each.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="destination">As many bytes as the source.</param>
    public static void Do(ReadOnlySpan<byte> source, int size, Span<byte> destination)
    {
        int count = source.Length / size;
        for (int b = 0; b < size; b++)
        {
            Span<byte> plane = destination.Slice(b * count, count);
            for (int i = 0, at = b; i < plane.Length; i++, at += size)
            {
                plane[i] = source[at];
            }
        }

        source[(count * size)..].CopyTo(destination[(count * size)..]);
    }

    /// <summary>Puts some of the elements together again.</summary>
    /// <param name="source">All elements, shuffled.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="first">The first element wanted.</param>
    /// <param name="destination">A whole number of elements; and behind the last one, the bytes that belong to no element, if they are wanted.</param>
    public static void Undo(ReadOnlySpan<byte> source, int size, int first, Span<byte> destination)
    {
        int count = source.Length / size;
        int wanted = Math.Min(destination.Length / size, count - first);
        int done = size == 8 ? UndoVector8(source, count, first, destination[..(wanted * size)]) : 0;
        UndoScalar(source, size, count, first + done, destination[(done * size)..(wanted * size)]);
        if (destination.Length > wanted * size)
        {
            source.Slice(count * size, destination.Length - wanted * size).CopyTo(destination[(wanted * size)..]);
        }
    }

    /// <summary>The plain loop, for any size of element.</summary>
    internal static void UndoScalar(ReadOnlySpan<byte> source, int size, int count, int first, Span<byte> destination)
    {
        int wanted = destination.Length / size;
        for (int b = 0; b < size; b++)
        {
            ReadOnlySpan<byte> plane = source.Slice(b * count + first, wanted);
            for (int i = 0, at = b; i < plane.Length; i++, at += size)
            {
                destination[at] = plane[i];
            }
        }
    }
}
