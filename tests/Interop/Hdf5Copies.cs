using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Hdf5;

namespace Pipeline.Tests.Interop;

/// <summary>
/// Reads the files that hdf5.py had PyTables write, and writes each anew with the library: what PyTables, h5py and h5dump find in the copy has to be what they find
/// in the original.
/// </summary>
internal static class Hdf5Copies
{
    /// <summary>Copies FOLDER/theirs/NAME.h5 to FOLDER/ours/NAME.h5, with NAME.json beside it: the sha256 of each dataset's bytes as read.</summary>
    public static int Write(string folder)
    {
        int files = 0;
        string ours = Path.Combine(folder, "ours");
        Directory.CreateDirectory(ours);
        foreach (string path in Directory.GetFiles(Path.Combine(folder, "theirs"), "*.h5").Order(StringComparer.Ordinal))
        {
            string copy = Path.Combine(ours, Path.GetFileName(path));
            File.WriteAllText(Path.ChangeExtension(copy, ".json"), JsonSerializer.Serialize(Copy(path, copy)));
            files++;
        }

        return files;
    }

    private static SortedDictionary<string, string> Copy(string from, string to)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using Hdf5File file = Hdf5File.Open(from);
        using var writer = Hdf5Writer.Create(to);
        foreach (Hdf5Object item in file.Objects())
        {
            Hdf5AttributeValue[] attributes = [.. item.Attributes.Select(Value)];
            if (item is not Hdf5Dataset dataset)
            {
                writer.Group(item.Path, attributes);
                continue;
            }

            byte[] bytes = dataset.ReadBytes();
            hashes.Add(dataset.Path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Hdf5Filter? Filter(string name) => dataset.Filters.FirstOrDefault(f => f.Name == name);
            writer.Dataset(dataset.Path, dataset.Type, dataset.Shape, bytes, new()
            {
                ChunkShape = dataset.ChunkShape,
                MaxShape = dataset.MaxShape,
                Compact = dataset.Layout == Hdf5Layout.Compact,
                Shuffle = Filter("shuffle") is not null,
                DeflateLevel = (int)(Filter("deflate")?.Parameters[0] ?? 0),
                Fletcher32 = Filter("fletcher32") is not null,
                FillValue = dataset.FillValue,
                Attributes = attributes,
            });
        }

        writer.Finish();
        return hashes;
    }

    private static Hdf5AttributeValue Value(Hdf5Attribute attribute) => attribute.IsNull
        ? Hdf5AttributeValue.NoText(attribute.Name, attribute.Type.IsUtf8)
        : Hdf5AttributeValue.Of(attribute.Name, attribute.Type, attribute.Shape, attribute.Bytes.Span);
}
