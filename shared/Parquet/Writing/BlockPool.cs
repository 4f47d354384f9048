namespace Pipeline.Parquet.Writing;

/// <summary>The memory of the finished pages of all columns, and how much of it is in use.</summary>
internal sealed class BlockPool
{
    public const int BlockSize = 1 << 18;

    private readonly Stack<byte[]> free = [];

    /// <summary>Bytes of finished pages that are in no row group of the file yet.</summary>
    public long Used { get; set; }

    public byte[] Take() => free.TryPop(out byte[]? block) ? block : GC.AllocateUninitializedArray<byte>(BlockSize);

    public void Give(byte[] block) => free.Push(block);
}
