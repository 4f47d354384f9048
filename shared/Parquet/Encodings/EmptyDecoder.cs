namespace Pipeline.Parquet.Encodings;

/// <summary>No values, in any encoding.</summary>
internal sealed class EmptyDecoder<T> : ValueDecoder<T>
{
    public static readonly EmptyDecoder<T> Instance = new();

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
    }

    public override void Read(Span<T> destination)
    {
        if (!destination.IsEmpty)
        {
            throw TooShort();
        }
    }
}
