using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Hdf5;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>Files written by PyTables and h5py, against what libhdf5 reads from them (tests/golden/hdf5, whose maker is make.py).</summary>
public class GoldenFileTests
{
    private static readonly JsonDocument Expected = JsonDocument.Parse(File.ReadAllText(Golden("expected.json")));

    public static TheoryData<string> Files => [.. Expected.RootElement.EnumerateObject().Select(f => f.Name)];

    public static TheoryData<string, string> Refused => new()
    {
        { "vlen", "strings of variable length" },
        { "sequences", "sequences of variable length" },
        { "lzf", "filter lzf (32000)" },
        { "scaleoffset", "filter scaleoffset (6)" },
        { "reference", "references to objects" },
        { "committed", "committed" },
        { "external", "external files" },
        { "rows", "field text: it holds strings of variable length" },
        { "twelve", "int32 of unusual bits" },
        { "type", "not a dataset" },
        { "absent", "there is no dataset" },
    };

    [Theory, MemberData(nameof(Files))]
    public void Every_dataset_has_the_bytes_and_shape_that_libhdf5_reads(string name)
    {
        using Hdf5File file = Hdf5File.Open(Golden(name));
        foreach (JsonProperty item in Datasets(name))
        {
            Hdf5Dataset dataset = file.Dataset(item.Name);
            if (item.Value.GetProperty("shape").ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(0, dataset.RowCount);
                continue;
            }

            Assert.Equal(Longs(item.Value.GetProperty("shape")), dataset.Shape);
            Assert.Equal(Longs(item.Value.GetProperty("maxshape")), dataset.MaxShape);
            Assert.Equal(Longs(item.Value.GetProperty("chunks")), dataset.ChunkShape?.Select(c => (long)c) ?? []);
            Assert.Equal(item.Value.GetProperty("itemsize").GetInt32(), dataset.Type.Size);
            Assert.True(item.Value.GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(dataset.ReadBytes())), $"{name} {item.Name}");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Numbers_and_texts_are_those_that_libhdf5_reads(string name)
    {
        using Hdf5File file = Hdf5File.Open(Golden(name));
        int compared = 0;
        foreach (JsonProperty item in Datasets(name).Where(d => d.Value.TryGetProperty("values", out JsonElement v) && v.ValueKind != JsonValueKind.Null))
        {
            Compare(item.Value.GetProperty("values"), file.Dataset(item.Name).ReadTexts, file.Dataset(item.Name).ReadDoubles);
            compared++;
        }

        Assert.True(compared > 0 || name is "deep.h5" or "bigendian.h5");
    }

    [Theory, MemberData(nameof(Files))]
    public void Attributes_are_those_that_libhdf5_reads(string name)
    {
        using Hdf5File file = Hdf5File.Open(Golden(name));
        CompareAttributes(Expected.RootElement.GetProperty(name), file.Root);
        foreach (JsonProperty item in Datasets(name).Where(d => d.Value.TryGetProperty("attributes", out _)))
        {
            CompareAttributes(item.Value, file.Dataset(item.Name));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Walking_finds_what_libhdf5_finds(string name)
    {
        using Hdf5File file = Hdf5File.Open(Golden(name));

        // visititems, too, gives an object of several names once, and takes the names in order.
        string[] expected = [.. Datasets(name).Select(d => d.Name).Concat(Expected.RootElement.GetProperty(name).GetProperty("groups").EnumerateArray().Select(g => g.GetString()!)).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, file.Objects().Select(o => o.Path).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Files))]
    public void Any_range_of_rows_is_that_part_of_the_whole(string name)
    {
        using Hdf5File file = Hdf5File.Open(Golden(name));
        foreach (Hdf5Dataset dataset in file.Objects().OfType<Hdf5Dataset>().Where(d => d.Shape.Length > 0))
        {
            byte[] whole = dataset.ReadBytes();
            int rows = (int)dataset.RowCount, size = dataset.RowBytes, step = Math.Max(1, rows / 23);
            for (int first = 0; first <= rows; first += step)
            {
                for (int count = 0; count <= rows - first; count += step)
                {
                    byte[] part = new byte[count * size];
                    dataset.ReadRows(first, count, part);
                    Assert.True(part.AsSpan().SequenceEqual(whole.AsSpan(first * size, count * size)), $"{name}{dataset.Path} {first} {count}");
                }
            }
        }
    }

    [Fact]
    public void A_table_gives_its_fields_by_name()
    {
        using Hdf5File file = Hdf5File.Open(Golden("pytables.h5"));
        Hdf5Rows rows = file.Dataset("/songs").ReadTable(3, 10);
        Assert.Equal(10, rows.Count);
        int title = rows.Field("title"), year = rows.Field("year"), tempo = rows.Field("tempo"), live = rows.Field("live"), small = rows.Field("small"), wide = rows.Field("wide");
        for (int r = 0; r < rows.Count; r++)
        {
            int i = r + 3;
            Assert.Equal($"song {i}", rows.Text(r, title));
            Assert.Equal(1990 + i, rows.Int32(r, year));
            Assert.Equal(1990 + i, rows.Double(r, year));
            Assert.Equal(100 + i / 8.0, rows.Double(r, tempo));
            Assert.Equal(i % 3 == 0 ? 1 : 0, rows.Int32(r, live));
            Assert.Equal(200 + i, rows.Int32(r, small));
            Assert.Equal(-(1L << 40) * i, rows.Int64(r, wide));
            Assert.Equal(i / 4.0, rows.Double(r, rows.Field("half")));
            Assert.Equal([0, i, 2 * i, 3 * i, 4 * i, 5 * i], rows.Doubles(r, rows.Field("chroma")));
            Assert.Equal(i % 3, rows.Int32(r, rows.Field("key")));
        }

        Assert.Equal(-1, rows.FindField("absent"));
        Assert.Contains("there are: title, year", Assert.Throws<Hdf5Exception>(() => rows.Field("absent")).Message, StringComparison.Ordinal);
        Assert.Contains("field title", Assert.Throws<Hdf5Exception>(() => rows.Double(0, title)).Message, StringComparison.Ordinal);
        Assert.Contains("field year", Assert.Throws<Hdf5Exception>(() => rows.Text(0, year)).Message, StringComparison.Ordinal);
        Assert.Contains("field tempo", Assert.Throws<Hdf5Exception>(() => rows.Int32(0, tempo)).Message, StringComparison.Ordinal);
        Assert.Contains("too large for 32 bits", Assert.Throws<Hdf5Exception>(() => rows.Int32(0, wide)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_big_endian_table_gives_its_numbers()
    {
        using Hdf5File file = Hdf5File.Open(Golden("bigendian.h5"));
        Hdf5Rows rows = file.Dataset("rows").ReadTable();
        Assert.Equal((1, 2.5, 3), (rows.Int32(0, 0), rows.Double(0, 1), rows.Int32(0, 2)));
        Assert.Equal((-4, 5.5, 60000), (rows.Int32(1, 0), rows.Double(1, 1), rows.Int32(1, 2)));
    }

    [Fact]
    public void Soft_links_are_followed_and_not_listed()
    {
        using Hdf5File file = Hdf5File.Open(Golden("pytables.h5"));
        Assert.Equal(20, file.Dataset("/analysis/songs").RowCount);
        Assert.Null(file.Find("/analysis/dangling"));
        var analysis = (Hdf5Group)file.Find("/analysis")!;
        Assert.Equal(["across", "nothing", "start", "terms", "timbre"], analysis.Children.Select(c => c.Name));
        Assert.Contains("songs", analysis.Names);
    }

    [Fact]
    public void Types_and_filters_are_named()
    {
        using Hdf5File file = Hdf5File.Open(Golden("pytables.h5"));
        Assert.Equal("float64", file.Dataset("/analysis/start").Type.ToString());
        Assert.Equal("float64 big-endian", file.Dataset("/bigendian").Type.ToString());
        Assert.StartsWith("{ title string(24), year int32, tempo float64, live bits8,", file.Dataset("/songs").Type.ToString(), StringComparison.Ordinal);
        Assert.Equal(["fletcher32", "shuffle(2)", "deflate(9)"], file.Dataset("/cube").Filters.Select(f => f.ToString()));
        Assert.Equal(12, file.Dataset("/analysis/timbre").RowElements);
        Assert.Equal(45, file.Dataset("/checked").StoredBytes);
    }

    [Theory, MemberData(nameof(Refused))]
    public void What_is_not_supported_is_refused_by_name(string path, string reason)
    {
        string name = Golden("refused.h5");
        using Hdf5File file = Hdf5File.Open(name);
        var refusal = Assert.Throws<Hdf5Exception>(() => file.Dataset(path).ReadDoubles());
        Assert.StartsWith(name + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal([0.0, 1.0], file.Dataset("sound").ReadDoubles().Prepend(0)); // what is sound beside it can still be read
    }

    [Fact]
    public void Files_and_groups_of_the_newer_format_are_refused_by_name()
    {
        Assert.Contains("superblock version 3", Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(Golden("latest.h5"))).Message, StringComparison.Ordinal);
        using Hdf5File ordered = Hdf5File.Open(Golden("ordered.h5"));
        Assert.Contains("\"OHDR\"", Assert.Throws<Hdf5Exception>(() => ordered.Find("/ordered")).Message, StringComparison.Ordinal);
        using Hdf5File @virtual = Hdf5File.Open(Golden("virtual.h5"));
        Assert.Contains("virtual dataset", Assert.Throws<Hdf5Exception>(() => @virtual.Dataset("virtual").ReadBytes()).Message, StringComparison.Ordinal);
    }

    internal static string Golden(string name) => Repository.Find("tests", "golden", "hdf5", name);

    private static IEnumerable<JsonProperty> Datasets(string name) => Expected.RootElement.GetProperty(name).GetProperty("datasets").EnumerateObject();

    private static long[] Longs(JsonElement list) => list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(v => v.GetInt64())];

    private static void CompareAttributes(JsonElement expected, Hdf5Object found)
    {
        JsonProperty[] attributes = [.. expected.GetProperty("attributes").EnumerateObject()];
        Assert.Equal(attributes.Select(a => a.Name).Order(StringComparer.Ordinal), found.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal));
        foreach (JsonProperty attribute in attributes)
        {
            Hdf5Attribute value = found.FindAttribute(attribute.Name)!;
            if (attribute.Value.ValueKind == JsonValueKind.Null)
            {
                Assert.True(value.IsNull || !value.Type.Element.IsNumber);
            }
            else
            {
                Compare(attribute.Value, value.Texts, value.Numbers);
            }
        }
    }

    private static void Compare(JsonElement expected, Func<string[]> texts, Func<double[]> numbers)
    {
        JsonElement[] values = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray()] : [expected];
        if (values.Length > 0 && values[0].ValueKind == JsonValueKind.String)
        {
            Assert.Equal(values.Select(v => v.GetString()), texts());
        }
        else
        {
            Assert.Equal(values.Select(v => v.GetDouble()), numbers());
        }
    }
}
