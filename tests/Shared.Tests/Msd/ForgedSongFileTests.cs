using System.Buffers.Binary;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Xunit;

namespace Pipeline.Tests.Msd;

/// <summary>Song files whose shapes promise more than there can be: one such file among a million must not stop who reads them.</summary>
public sealed class ForgedSongFileTests : IDisposable
{
    private const int Songs = 5, Segments = 7;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(1L << 31), InlineData(1L << 40)]
    public void An_array_of_more_rows_than_can_be_read_is_a_fault_of_the_file(long rows)
    {
        using MsdFile file = MsdFile.Open(Forge(Segments, rows));
        Assert.Contains("segments_start", Assert.Throws<Hdf5Exception>(() => file.Read(Songs - 1)).Reason, StringComparison.Ordinal);
    }

    [Theory, InlineData(1L << 31), InlineData(1L << 40)]
    public void More_songs_than_the_file_has_bytes_are_not_believed(long rows)
    {
        string path = Forge(Songs, rows);
        Assert.Contains("songs, and has", Assert.Throws<Hdf5Exception>(() => MsdFile.Open(path)).Reason, StringComparison.Ordinal);
    }

    // The first dataspace message of so many rows says another number.
    private string Forge(int rows, long forged)
    {
        using var stream = new MemoryStream();
        MsdWriter.Write(stream, [.. Enumerable.Range(0, Songs).Select(i => new MsdSong { TrackId = $"{i}", SegmentsStart = i == 0 ? new float[Segments] : [] })]);
        byte[] file = stream.ToArray(), space = [1, 1, 1, 0, 0, 0, 0, 0, (byte)rows, 0, 0, 0, 0, 0, 0, 0, 255];
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(file.AsSpan().IndexOf(space) + 8), forged);
        string path = folder["forged.h5"];
        File.WriteAllBytes(path, file);
        return path;
    }
}
