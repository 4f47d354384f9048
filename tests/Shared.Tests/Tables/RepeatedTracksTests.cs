using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>Keys that come again are noticed, and named in parts as they are in one go.</summary>
public sealed class RepeatedTracksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void A_key_is_new_once(int expected)
    {
        var random = new Random(3);
        var keys = new KeySet(expected);
        var reference = new HashSet<string>();
        for (int i = 0; i < 100_000; i++)
        {
            string key = $"msd/TR{random.Next(50_000)}";
            Assert.Equal(reference.Add(key), keys.Add(key));
        }
    }

    [Fact]
    public void Repetitions_in_parts_are_named_as_in_one_go()
    {
        var random = new Random(5);
        int renamedAgain = 0;
        for (int round = 0; round < 500; round++)
        {
            // Few names, so that tracks come often, and some are called like the path of another.
            Recording[] songs = [.. Enumerable.Range(0, random.Next(30)).Select(_ => Song(random))];
            var whole = new RepeatedTracks(songs.Length);
            Recording[] expected = [.. songs.Select(whole.Rename)];
            var merged = new RepeatedTracks();
            var all = new List<Recording>();
            for (int at = 0; at < songs.Length;)
            {
                int length = 1 + random.Next(songs.Length - at);
                var part = new RepeatedTracks();
                foreach (Recording song in songs[at..(at + length)])
                {
                    Recording inPart = part.Rename(song);
                    Recording again = merged.RenameAgain(inPart);
                    renamedAgain += inPart.RecordingId != song.RecordingId && again.RecordingId != inPart.RecordingId ? 1 : 0;
                    all.Add(again);
                }

                at += length;
            }

            Assert.Equal(expected, all);
            Assert.Equal(all.Count, all.Select(r => r.RecordingId).Distinct().Count());
        }

        Assert.True(renamedAgain > 100);
    }

    private static Recording Song(Random random)
    {
        string? fault = random.Next(4) == 0 ? "absurd" : null;
        return new Recording(
            $"s/{random.Next(6)}", "s", $"{random.Next(6)}", null, null, null, null, 1, null, null, null, null, fault, fault is null ? null : "tempo is 5000; so it is",
            null, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
