namespace Pipeline.Parquet.Writing;

/// <summary>The memory of the finished pages of all columns.</summary>
internal sealed class BlockPool
{
    public const int BlockSize = 1 << 18;

    private readonly Stack<byte[]> free = [];

    public byte[] Take() => free.TryPop(out byte[]? block) ? block : GC.AllocateUninitializedArray<byte>(BlockSize);

    public void Give(byte[] block) => free.Push(block);
}
