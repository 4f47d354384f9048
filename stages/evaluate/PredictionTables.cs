using Pipeline.Cli;
using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts out of tables of predictions, one for each run, whoever made them. Several rows of an example are its windows.</summary>
internal sealed class PredictionTables
{
    private const float MostOff = 0.01f; // of a sum of 1; numbers of half precision are off by less
    private const string NoSource = "unknown";

    private readonly TableReader<Prediction>[] tables;
    private readonly string[] genres;

    private PredictionTables(TableReader<Prediction>[] tables, string[] genres) => (this.tables, this.genres) = (tables, genres);

    /// <summary>Opens the tables.</summary>
    /// <exception cref="StageException">They hold nothing, or are of models that know different genres.</exception>
    public static VerdictSource Open(IReadOnlyList<string> paths)
    {
        TableReader<Prediction>[] tables = [.. paths.Select(TableReader<Prediction>.Open)];
        TableReader<Prediction>? first = Array.Find(tables, t => t.RowCount > 0);
        if (first is null)
        {
            throw new StageException($"{Ellipsis.Names(paths)}: there are no predictions in it");
        }

        string[] genres = first.Read().First().Genres;
        if (genres.Length == 0 || genres.Distinct().Count() < genres.Length)
        {
            throw new StageException($"{first.Path}: row 0: column 'genres' must name each genre of the model once");
        }

        var made = new PredictionTables(tables, genres);
        return new VerdictSource(
            genres, Names(paths), PartsOf(tables.SelectMany(t => t.Files)),
            Provenance.Combine(tables.Select(t => t.Provenance)), [], made.Read);
    }

    /// <summary>The parts that a table with a column <c>split</c> has rows of.</summary>
    public static IReadOnlySet<string> PartsOf(IEnumerable<string> files)
    {
        var parts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string path in files)
        {
            using ParquetFile file = ParquetFile.Open(path);
            using RowBatches batches = file.Read(["split"]);
            var column = (ByteColumnBatch)batches[0];
            while (batches.Next())
            {
                for (int row = 0; row < batches.Count; row++)
                {
                    parts.Add(column.Text(row) ?? "");
                }
            }
        }

        return parts;
    }

    // By the files' names as far as they tell them apart.
    private static string[] Names(IReadOnlyList<string> paths)
    {
        string[] names = [.. paths.Select(p => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(p)))];
        return names.Distinct().Count() == names.Length ? names : [.. names.Select((n, i) => $"{n} ({i + 1})")];
    }

    private IEnumerable<Verdict> Read(int run, IReadOnlySet<string> parts, CancellationToken cancel)
    {
        TableReader<Prediction> table = tables[run];
        int[]? order = null; // of the row's genres among the model's; null for the same
        string[] before = genres;
        long number = -1;
        foreach (Prediction row in table.Read(cancel))
        {
            number++;
            if (row.FindFault() is { } broken)
            {
                throw new StageException($"{table.Path}: row {number}: {broken}");
            }

            if (!parts.Contains(row.Split))
            {
                continue;
            }

            if (!row.Genres.AsSpan().SequenceEqual(before))
            {
                order = row.Genres.AsSpan().SequenceEqual(genres) ? null : Order(row, table.Path, number);
                before = row.Genres;
            }

            Check(row, table.Path, number);
            string recording = row.RecordingId.Length > 0 ? row.RecordingId : row.ExampleId;
            float[] probabilities = order is null ? row.Probabilities : Array.ConvertAll(order, place => row.Probabilities[place]);
            yield return new Verdict(row.ExampleId, recording, SourceOf(recording), row.Split, row.Genre, probabilities);
        }
    }

    private static string SourceOf(string recording) => recording.IndexOf('/') is > 0 and int slash ? recording[..slash] : NoSource;

    private static void Check(Prediction row, string path, long number)
    {
        if (row.Genre.Length == 0)
        {
            throw new StageException($"{path}: row {number} ({row.ExampleId}) has no true genre: leave out what cannot be judged");
        }

        double sum = 0;
        foreach (float probability in row.Probabilities)
        {
            if (probability is < 0 or > 1 + MostOff)
            {
                throw new StageException($"{path}: row {number} ({row.ExampleId}): {probability} is no probability, which is from 0 to 1");
            }

            sum += probability;
        }

        if (Math.Abs(sum - 1) > MostOff)
        {
            throw new StageException($"{path}: row {number} ({row.ExampleId}): the probabilities add up to {sum:0.###} and not to 1: write a softmax's outcome");
        }
    }

    private int[] Order(Prediction row, string path, long number)
    {
        string? other = row.Genres.Except(genres).Concat(genres.Except(row.Genres)).FirstOrDefault();
        if (other is not null || row.Genres.Length != genres.Length)
        {
            throw new StageException(
                $"{path}: row {number} ({row.ExampleId}) has other genres than the first prediction ({(other is null ? "one is there twice" : $"'{other}'")}): "
                + "evaluate models of the same genres together, and others by themselves");
        }

        return Array.ConvertAll(genres, g => Array.IndexOf(row.Genres, g));
    }
}
