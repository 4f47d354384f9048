namespace Pipeline.Parquet.Encodings;

/// <summary>Reads the values of a data page in one encoding, piece by piece. Nulls are not stored and not counted.</summary>
internal abstract class ValueDecoder<T>
{
    /// <summary>Starts on a page that holds at most <paramref name="count"/> values.</summary>
    public abstract void Start(ReadOnlyMemory<byte> data, int count);

    /// <summary>Reads the next values; throws a <see cref="ParquetException"/> where the page holds fewer.</summary>
    public abstract void Read(Span<T> destination);

    protected static ParquetException TooShort() => new("the page ends before its last value");
}
