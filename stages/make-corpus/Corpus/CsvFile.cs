using System.Text;
using Pipeline.Cli;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Writes the lists that go with a corpus.</summary>
internal static class CsvFile
{
    /// <summary>A header and rows; fields are quoted where they must be (RFC 4180, with line feeds).</summary>
    public static void Write(string path, string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (string[] row in rows.Prepend(header))
        {
            text.Append(CsvLine.Of(row)).Append('\n');
        }

        File.WriteAllText(path, text.ToString());
    }
}
