using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class InputTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_come_in_the_order_of_their_names_and_hidden_ones_not_at_all()
    {
        foreach (string file in (string[])["b", "a/2", "a/10", "a.x", "B", ".hidden", ".git/x", "c/.d/x", "c/ü", "a-b"])
        {
            folder.Write(file, "");
        }

        Assert.Equal(["B", "a/10", "a/2", "a-b", "a.x", "b", "c/ü"], Files(""));
    }

    [Fact]
    public void A_pipe_is_left_out_and_nobody_waits_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told from files on Linux only");
        folder.Write("a.wav", "");
        Assert.Equal(0, Command.Run("mkfifo", [folder["pipe.wav"]]).ExitCode);
        Directory.CreateSymbolicLink(folder["null.wav"], "/dev/null");
        Assert.Equal(["a.wav"], Files(""));
    }

    [Fact]
    public void Links_are_followed_and_circles_end_by_whatever_way_they_are_entered()
    {
        folder.Write("in/a/x", "");
        folder.Write("other/b/y", "");
        Directory.CreateSymbolicLink(folder["in/a/up"], "..");
        Directory.CreateSymbolicLink(folder["in/a/top"], folder["link"]);
        Directory.CreateSymbolicLink(folder["in/linked"], "../other/b");
        Directory.CreateSymbolicLink(folder["other/b/up"], "..");
        Directory.CreateSymbolicLink(folder["link"], "in");
        File.CreateSymbolicLink(folder["in/broken"], "nowhere");
        File.CreateSymbolicLink(folder["in/itself"], "itself");

        // in/linked/up is other, whose b is the folder that in/linked is: from there it goes no deeper.
        string[] expected = ["a/x", "broken", "itself", "linked/y"];
        Assert.Equal(expected, Files("in"));
        Assert.Equal(expected, Files("link"));
    }

    [Fact]
    public void A_walk_ends_when_it_is_told_to()
    {
        folder.Write("a", "");
        Assert.Throws<OperationCanceledException>(() => InputTree.Files(folder.Path, new CancellationToken(canceled: true)).Count());
    }

    private string[] Files(string root) => [.. InputTree.Files(folder[root], CancellationToken.None, isQuiet: true)];
}
