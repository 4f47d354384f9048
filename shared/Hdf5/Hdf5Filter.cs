namespace Pipeline.Hdf5;

/// <summary>A step that a chunk went through when it was written.</summary>
/// <param name="Id">The number under which the HDF Group registered the filter.</param>
/// <param name="Name">The filter's name: <c>deflate</c>, <c>shuffle</c>, ..., or what the file calls it.</param>
/// <param name="Parameters">The filter's parameters, such as the level of deflate or the element size of shuffle.</param>
public sealed record Hdf5Filter(int Id, string Name, IReadOnlyList<uint> Parameters)
{
    internal const int Deflate = 1;
    internal const int Shuffle = 2;
    internal const int Fletcher32 = 3;

    /// <summary>Whether this library can undo the filter.</summary>
    public bool IsSupported => Id is Deflate or Shuffle or Fletcher32;

    internal static string NameOf(int id, string given) => id switch
    {
        Deflate => "deflate",
        Shuffle => "shuffle",
        Fletcher32 => "fletcher32",
        4 => "szip",
        5 => "nbit",
        6 => "scaleoffset",
        305 => "lzo",
        307 => "bzip2",
        32000 => "lzf",
        32001 => "blosc",
        32004 => "lz4",
        32008 => "bitshuffle",
        32015 => "zstd",
        32026 => "blosc2",
        _ => given.Length > 0 ? given : $"filter {id}",
    };

    /// <summary>Such as <c>deflate(1)</c>.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";
}
