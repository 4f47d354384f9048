using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class OutputFolderTests : IDisposable
{
    private const string Marker = ".made";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_appears_whole_at_the_end()
    {
        using (var output = new OutputFolder(folder["deep/er/out/"], Marker))
        {
            File.WriteAllText(output["a"], "1");
            Assert.False(Directory.Exists(folder["deep/er/out"]));
            output.Commit();
        }

        Assert.Equal(["deep/er/out/.made", "deep/er/out/a"], Files());
    }

    [Fact]
    public void What_was_not_committed_goes_and_what_was_there_stays()
    {
        Make("out", "old");
        using (var output = new OutputFolder(folder["out"], Marker))
        {
            File.WriteAllText(output["new"], "");
        }

        Assert.Equal(["out/.made", "out/old"], Files());
    }

    [Fact]
    public void A_folder_of_its_own_is_replaced_and_what_a_killed_run_left_goes()
    {
        Make("out", "old");
        Make("out.part", "half");
        Make("out.old", "older");
        using (var output = new OutputFolder(folder["out"], Marker))
        {
            File.WriteAllText(output["new"], "");
            output.Commit();
        }

        Assert.Equal(["out/.made", "out/new"], Files());
    }

    [Fact]
    public void An_empty_folder_is_taken()
    {
        Directory.CreateDirectory(folder["out"]);
        using var output = new OutputFolder(folder["out"], Marker);
        output.Commit();
        Assert.Equal(["out/.made"], Files());
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.part")]
    public void What_somebody_else_wrote_is_not_touched(string name)
    {
        folder.Write($"{name}/precious", "mine");
        Assert.Contains("holds 'precious', which ", Refused(() => new OutputFolder(folder["out"], Marker)), StringComparison.Ordinal);
        Assert.Equal([$"{name}/precious"], Files());
    }

    [Fact]
    public void A_file_in_its_place_is_not_touched()
    {
        string file = folder.Write("out", "mine");
        Assert.Equal($"'{file}' is a file: name a folder with --out", Refused(() => new OutputFolder(file, Marker)));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void What_was_added_to_a_folder_of_known_files_is_not_lost()
    {
        Make("out", "model");
        folder.Write("out/notes", "mine");
        Assert.Contains("holds 'notes', which ", Refused(() => new OutputFolder(folder["out"], Marker, ["model"])), StringComparison.Ordinal);
        File.Delete(folder["out/notes"]);
        using var output = new OutputFolder(folder["out"], Marker, ["model"]);
        output.Commit();
        Assert.Equal(["out/.made"], Files());
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.old")]
    public void What_appears_during_the_work_is_not_lost(string name)
    {
        using (var output = new OutputFolder(folder["out"], Marker))
        {
            folder.Write($"{name}/precious", "mine");
            Assert.Contains("holds 'precious', which ", Refused(output.Commit), StringComparison.Ordinal);
        }

        Assert.Equal([$"{name}/precious"], Files());
    }

    private static string Refused(Action action) => Assert.Throws<StageException>(action).Message;

    private static string Refused(Func<object> action) => Assert.Throws<StageException>(action).Message;

    private void Make(string name, string file)
    {
        folder.Write($"{name}/{Marker}", "");
        folder.Write($"{name}/{file}", "");
    }

    private string[] Files() =>
        [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Path, f)).Order(StringComparer.Ordinal)];
}
