namespace Pipeline.Parquet.Encodings;

/// <summary>Indices into the dictionary of the column chunk.</summary>
internal sealed class DictionaryDecoder<T> : ValueDecoder<T>
{
    private const int Piece = 1024;

    private readonly RleDecoder runs = new();
    private readonly int[] indices = new int[Piece];
    private ReadOnlyMemory<T>? dictionary;

    /// <summary>The dictionary of the chunk, or null before a chunk's dictionary page.</summary>
    public void SetDictionary(ReadOnlyMemory<T>? values) => dictionary = values;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        if (dictionary is null)
        {
            throw new ParquetException("a page refers to a dictionary that is not there");
        }

        int width = data.Span[0];
        if (width > 32)
        {
            throw new ParquetException($"a page announces dictionary indices of {width} bits");
        }

        runs.Start(data[1..], width);
    }

    public override void Read(Span<T> destination)
    {
        ReadOnlySpan<T> values = dictionary!.Value.Span;
        while (!destination.IsEmpty)
        {
            Span<int> piece = indices.AsSpan(0, Math.Min(Piece, destination.Length));
            runs.Read(piece);
            for (int i = 0; i < piece.Length; i++)
            {
                uint index = (uint)piece[i];
                if (index >= (uint)values.Length)
                {
                    throw new ParquetException($"a page refers to entry {index} of a dictionary of {values.Length}");
                }

                destination[i] = values[(int)index];
            }

            destination = destination[piece.Length..];
        }
    }
}
