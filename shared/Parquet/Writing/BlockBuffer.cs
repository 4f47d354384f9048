namespace Pipeline.Parquet.Writing;

/// <summary>
/// The finished pages of a column, until its row group is written: blocks of one size out of a common pool, so that
/// nothing is copied as it grows and the next row group takes the same memory.
/// </summary>
internal sealed class BlockBuffer(BlockPool pool)
{
    private const int BlockSize = BlockPool.BlockSize;

    private readonly List<byte[]> blocks = [];
    private int used = BlockSize; // of the last block

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (used == BlockSize)
            {
                blocks.Add(pool.Take());
                used = 0;
            }

            int count = Math.Min(bytes.Length, BlockSize - used);
            bytes[..count].CopyTo(blocks[^1].AsSpan(used));
            used += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes everything out and gives the blocks back.</summary>
    public void Drain(Stream output)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            output.Write(blocks[i], 0, i == blocks.Count - 1 ? used : BlockSize);
            pool.Give(blocks[i]);
        }

        blocks.Clear();
        used = BlockSize;
        Length = 0;
    }
}
