using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

[Collection(nameof(ConsoleCollection))]
public sealed class FaultsTests
{
    [Fact]
    public void A_fault_is_printed_with_its_path_and_reason()
    {
        using var errors = new CapturedErrors();
        new Faults("recordings", 0.01, 10).Report("gtzan/jazz.00054", "jazz/jazz.00054.wav", "the file is cut short");
        Assert.Equal($"{Stage.Name}: jazz/jazz.00054.wav: the file is cut short", Assert.Single(errors.Lines));
    }

    [Fact]
    public void After_twenty_only_the_count_is_printed()
    {
        using var errors = new CapturedErrors();
        var faults = new Faults("recordings", 1, 1000);
        for (int i = 0; i < 100; i++)
        {
            faults.Report($"r{i}", $"r{i}.wav", "bad");
        }
        Assert.Equal(23, errors.Lines.Length);
        Assert.EndsWith("r19.wav: bad", errors.Lines[19]);
        Assert.EndsWith("only counted", errors.Lines[20]);
        Assert.EndsWith(": 40 recordings failed so far", errors.Lines[21]);
        Assert.EndsWith(": 80 recordings failed so far", errors.Lines[22]);
        Assert.Equal(100, faults.Count);
    }

    [Fact]
    public void Too_many_stop_the_stage_with_a_sentence()
    {
        using var errors = new CapturedErrors();
        var faults = new Faults("recordings", 0.01, 400);
        for (int i = 0; i < 5; i++)
        {
            faults.Report($"r{i}", $"blues/{i}.wav", "the file is empty");
        }
        var e = Assert.Throws<StageException>(faults.ThrowIfTooMany);
        Assert.Equal("5 of 400 recordings failed, more than the 1 % that --max-failed allows; first: r0 (blues/0.wav): the file is empty", e.Message);
    }

    [Fact]
    public void As_many_as_are_allowed_are_mentioned_and_no_more()
    {
        using var errors = new CapturedErrors();
        var faults = new Faults("recordings", 0.01);
        faults.Attempted(99);
        faults.Attempted();
        faults.Report("r0", "", "bad");
        faults.ThrowIfTooMany();
        Assert.EndsWith(": 1 of 100 recordings failed, within the 1 % that --max-failed allows", errors.Lines[^1]);
    }

    [Fact]
    public void None_are_not_mentioned()
    {
        using var errors = new CapturedErrors();
        new Faults("recordings", 0, 0).ThrowIfTooMany();
        Assert.Empty(errors.Lines);
    }

    [Fact]
    public void Faults_of_every_thread_are_counted()
    {
        using var errors = new CapturedErrors();
        var faults = new Faults("recordings", 1, 8000);
        Parallel.For(0, 8000, i => faults.Report($"r{i}", "", "bad"));
        Assert.Equal(8000, faults.Count);
    }

    [Fact]
    public void A_path_cannot_break_the_line_nor_reach_the_terminal()
    {
        using var errors = new CapturedErrors();
        new Faults("recordings", 1, 1).Report("r", "a\n\u001b[31mb.wav", "bad");
        Assert.EndsWith(": a [31mb.wav: bad", Assert.Single(errors.Lines));
    }
}
