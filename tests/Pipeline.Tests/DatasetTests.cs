using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary><c>make dataset</c> from end to end, on corpora of a few clips.</summary>
public sealed class DatasetTests : IDisposable
{
    private const string Tiny = "CORPUS=--genres jazz,metal --artists 2 --clips 2 --seconds 2 --tracks 12 --no-faults";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void With_no_settings_the_tables_come_from_the_built_in_corpus()
    {
        Make(Tiny);
        Recording[] recordings = [.. Read<Recording>("recordings")];
        Assert.Equal(8, recordings.Count(r => r.Source == "gtzan"));
        Assert.Equal(12, recordings.Count(r => r.Source == "msd"));
        Assert.All(recordings, r => Assert.Null(r.Fault));
        Assert.All(recordings, r => Assert.NotNull(r.Artist));
        Assert.Equal(["jazz", "metal"], recordings.Select(r => r.FolderLabel).OfType<string>().Distinct());
        Assert.Equal(recordings.Where(r => r.Source == "msd").Select(r => r.RecordingId), Read<Segments>("segments").Select(s => s.RecordingId));
        Assert.DoesNotContain("make-corpus", Make(Tiny)); // a second run makes nothing
    }

    [Fact]
    public void A_folder_of_the_users_takes_the_corpuss_place_and_nothing_of_it_stays()
    {
        Make(Tiny);
        string music = folder["music"];
        Directory.Move(Table("corpus", "gtzan", "genres"), music);
        Make($"GTZAN={music}", "MANIFEST=");
        Recording[] recordings = [.. Read<Recording>("recordings")];
        Assert.Equal(8, recordings.Length);
        Assert.All(recordings, r => Assert.Null(r.Artist));
        Assert.False(File.Exists(Table("segments", "msd.parquet")));
    }

    [Fact]
    public void Segments_that_were_deleted_come_back()
    {
        Make(Tiny);
        string segments = Table("segments", "msd.parquet");
        byte[] before = File.ReadAllBytes(segments);
        File.Delete(segments);
        Make(Tiny);
        Assert.Equal(before, File.ReadAllBytes(segments));
    }

    [Fact]
    public void A_failure_leaves_the_table_that_was_there()
    {
        Make(Tiny);
        string recordings = Table("recordings", "msd.parquet");
        byte[] before = File.ReadAllBytes(recordings);
        CommandResult result = Run($"MSD={folder["nowhere"]}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no file or folder", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(recordings));
        Assert.Contains("it is now", result.Errors, StringComparison.Ordinal); // of the sound files, which this run does not name
        Assert.True(File.Exists(Table("aside", "recordings", "gtzan.parquet")));
    }

    [Theory]
    [InlineData("GTZN=music", "there is no setting GTZN; there are DATA GTZAN MSD ")]
    [InlineData("GTZAN=my music", "must have no space in them")]
    [InlineData("DATA=my data", "must have no space in them")]
    public void A_setting_that_would_lead_astray_is_refused_before_anything_is_done(string setting, string sentence)
    {
        CommandResult result = Run(setting);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
    }

    private IEnumerable<T> Read<T>(string table)
        where T : ITableRow<T> => TableReader<T>.Open(Table(table)).Read(TestContext.Current.CancellationToken);

    private string Table(params string[] parts) => Path.Combine([folder["data"], .. parts]);

    private string Make(params string[] settings)
    {
        CommandResult result = Run(settings);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }

    private CommandResult Run(params string[] settings)
    {
        string[] data = settings.Any(s => s.StartsWith("DATA=", StringComparison.Ordinal)) ? [] : [$"DATA={folder["data"]}"];
        return Command.Run("make", ["-C", Repository.Root, "--no-print-directory", "dataset", .. data, .. settings], null, ("MAKEFLAGS", null));
    }
}
