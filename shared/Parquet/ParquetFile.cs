using System.Buffers.Binary;
using Pipeline.Parquet.Metadata;
using Pipeline.Parquet.Reading;

namespace Pipeline.Parquet;

/// <summary>
/// An open Parquet file. Opening reads the footer only; <see cref="Read(IReadOnlyList{string})"/> then reads the columns asked for, and
/// <see cref="ReadRecords"/> puts rows of any nesting together.
/// </summary>
/// <example>
/// <code>
/// using ParquetFile file = ParquetFile.Open("features.parquet");
/// using RowBatches rows = file.Read("genre", "values");
/// ByteColumnBatch genre = rows.Bytes("genre");
/// ColumnBatch&lt;float&gt; values = rows.Column&lt;float&gt;("values");
/// while (rows.Next())
/// {
///     for (int i = 0; i &lt; rows.Count; i++)
///     {
///         Console.WriteLine($"{genre.Text(i)}: {values.List(i).Length} values");
///     }
/// }
/// </code>
/// </example>
public sealed class ParquetFile : IDisposable
{
    /// <summary>A footer beyond this is refused: a real one has some hundred bytes for each column and row group.</summary>
    private const int MaxFooter = 1 << 30;

    private readonly FileSource source;

    private ParquetFile(FileSource source, FileMetadata metadata)
    {
        this.source = source;
        Metadata = metadata;
    }

    /// <summary>What the footer says.</summary>
    public FileMetadata Metadata { get; }

    /// <summary>The columns.</summary>
    public ParquetSchema Schema => Metadata.Schema;

    /// <summary>The file's path, as given.</summary>
    public string Path => source.Path;

    /// <summary>The file's length in bytes.</summary>
    public long Length => source.Length;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="ParquetException">The file is no Parquet file, or damaged, or encrypted.</exception>
    public static ParquetFile Open(string path)
    {
        var source = new FileSource(path);
        try
        {
            return new ParquetFile(source, ReadFooter(source));
        }
        catch (ParquetException e)
        {
            source.Dispose();
            throw e.At(path, null);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file starts like a Parquet file: cheap, and false for whatever cannot be read.</summary>
    public static bool LooksLike(string path)
    {
        try
        {
            using var file = new FileSource(path);
            Span<byte> magic = stackalloc byte[4];
            if (file.Length < 4)
            {
                return false;
            }

            file.Read(0, magic);
            return magic.SequenceEqual("PAR1"u8) || magic.SequenceEqual("PARE"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads the named columns, batch by batch.</summary>
    /// <param name="columns">Paths of leaf columns, or names of top-level columns that hold one leaf.</param>
    /// <exception cref="ParquetException">There is no such column.</exception>
    public RowBatches Read(params IReadOnlyList<string> columns) => Read(columns, ..);

    /// <summary>
    /// Reads the named columns of some row groups. Several readers of one file may work side by side, each on row groups of its own.
    /// </summary>
    /// <param name="columns">Paths of leaf columns, or names of top-level columns that hold one leaf.</param>
    /// <param name="rowGroups">Which row groups.</param>
    /// <exception cref="ParquetException">There is no such column.</exception>
    public RowBatches Read(IReadOnlyList<string> columns, Range rowGroups)
    {
        var leaves = new ColumnDescriptor[columns.Count];
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Schema.Find(columns[i]) ?? throw NoColumn(columns[i]);
            if (leaves[i].MaxRepetition > 1)
            {
                throw new ParquetException("it holds lists of lists, which can be read as records only", Path, leaves[i].Path);
            }
        }

        return new RowBatches(this, source, leaves, rowGroups);
    }

    /// <summary>Reads whole rows of any nesting as objects.</summary>
    /// <remarks>
    /// Values come as: bool, int, long, uint, ulong (and narrower where annotated so), float, double, <see cref="Half"/>,
    /// string, byte[], <see cref="Guid"/>, <see cref="ParquetDecimal"/>, <see cref="DateOnly"/>, <see cref="ParquetTime"/>,
    /// <see cref="ParquetTimestamp"/>, <see cref="Int96"/>; text too long for a string as byte[]; lists as object?[], groups as <see cref="ParquetStruct"/>, maps as
    /// <see cref="ParquetMap"/>. Repeated fields without annotation are lists, as the format says.
    /// </remarks>
    /// <param name="columns">Names of top-level columns; all of them where null.</param>
    /// <exception cref="ParquetException">There is no such column, or (while reading) the file is damaged.</exception>
    public IEnumerable<object?[]> ReadRecords(IReadOnlyList<string>? columns = null)
    {
        // All of them: by position, not by name, which two columns of a file may share.
        IReadOnlyList<SchemaNode> fields = columns is null
            ? Schema.Fields
            : [.. columns.Select(name => Schema.Fields.FirstOrDefault(f => f.Name == name) ?? throw NoColumn(name))];
        return new RecordReader(this, source, fields).Read();
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private ParquetException NoColumn(string name) =>
        new($"there is no column '{name}'; there are: {string.Join(", ", Schema.Fields.Select(f => f.Name))}", Path);

    private static FileMetadata ReadFooter(FileSource source)
    {
        // Magic, footer length, magic: the least that a file can be.
        if (source.Length < 12)
        {
            throw new ParquetException(source.Length >= 4 && StartsLikeParquet(source)
                ? $"the file is cut short: it starts like a Parquet file and has {source.Length} bytes"
                : $"not a Parquet file: it has {source.Length} bytes");
        }

        Span<byte> tail = stackalloc byte[8];
        source.Read(source.Length - 8, tail);
        if (tail[4..].SequenceEqual("PARE"u8))
        {
            throw new ParquetException("the footer is encrypted, which is not supported");
        }

        if (!tail[4..].SequenceEqual("PAR1"u8))
        {
            throw new ParquetException(StartsLikeParquet(source)
                ? "the file is cut short: it starts like a Parquet file and does not end like one"
                : "not a Parquet file (it does not end with PAR1)");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > source.Length - 12 || length > MaxFooter)
        {
            throw new ParquetException($"the footer announces {length} bytes, the file has {source.Length}: the file is damaged");
        }

        byte[] footer = new byte[length];
        source.Read(source.Length - 8 - length, footer);
        return FooterReader.Read(footer);
    }

    private static bool StartsLikeParquet(FileSource source)
    {
        Span<byte> magic = stackalloc byte[4];
        source.Read(0, magic);
        return magic.SequenceEqual("PAR1"u8);
    }
}
