using System.Security.Cryptography;
using Pipeline.Parquet;
using Pipeline.Tests.Parquet;

namespace Pipeline.Tests.Interop;

/// <summary>Files of another writer, each with the text that another reader made of it.</summary>
internal static class ForeignFiles
{
    /// <summary>Reads each file with the library; prints a line for each and the counts, and tells whether all were read alike.</summary>
    public static bool Compare(string folder, TextWriter output)
    {
        int passed = 0, failed = 0;
        foreach (string path in Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (Difference(path) is { } difference)
            {
                failed++;
                output.WriteLine($"FAIL {name}: {difference}");
            }
            else
            {
                passed++;
                output.WriteLine($"ok {name}");
            }
        }

        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0;
    }

    private static string? Difference(string path)
    {
        string expected = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.ChangeExtension(path, ".canonical"))));
        try
        {
            using ParquetFile file = ParquetFile.Open(path);
            CanonicalRecords.Hashes found = CanonicalRecords.Hash(file);
            return found.Sha256 == expected ? null : $"{found.Rows} rows, of other values";
        }
        catch (ParquetException e)
        {
            return e.Message;
        }
    }
}
