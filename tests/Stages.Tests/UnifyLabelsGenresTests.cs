using Xunit;

namespace Pipeline.Tests;

/// <summary>manifests/genres.csv: every genre of every source has a line, and the sets hold the genres that they should.</summary>
public sealed class UnifyLabelsGenresTests
{
    private static readonly string[] Shared = ["Blues", "Country", "Electronic", "Folk", "International", "Jazz", "Latin", "New Age", "Pop_Rock", "Rap", "Reggae", "RnB", "Vocal"];

    private static readonly Dictionary<string, string[]> Sources = new()
    {
        ["folder"] = ["blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock"],
        ["tagtraum"] = [.. Shared, "Metal", "Pop", "Punk", "Rock", "World"],
        ["topmagd"] = [.. Shared, "Religious", "Comedy_Spoken", "Stage", "Easy_Listening", "Avant_Garde", "Classical", "Children", "Holiday"],
        ["masd"] =
        [
            "Big_Band", "Blues_Contemporary", "Country_Traditional", "Dance", "Electronica", "Experimental", "Folk_International", "Gospel", "Grunge_Emo", "Hip_Hop_Rap",
            "Jazz_Classic", "Metal_Alternative", "Metal_Death", "Metal_Heavy", "Pop_Contemporary", "Pop_Indie", "Pop_Latin", "Punk", "Reggae", "RnB_Soul",
            "Rock_Alternative", "Rock_College", "Rock_Contemporary", "Rock_Hard", "Rock_Neo_Psychedelia",
        ],
    };

    private static readonly Dictionary<string, string> Sets = new()
    {
        ["common"] = "blues classical country disco electronic folk jazz latin new_age pop_rock rap reggae rnb vocal world",
        ["gtzan-10"] = "blues classical country disco hiphop jazz metal pop reggae rock",
        ["tagtraum-15"] = "blues country electronic folk jazz latin metal new_age pop punk rap reggae rnb rock world",
        ["topmagd-13"] = "blues country electronic folk international jazz latin new_age pop_rock rap reggae rnb vocal",
    };

    private static readonly string[][] Lines = [.. File.ReadLines(UnifyLabelsCase.Genres).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(','))];

    [Fact]
    public void Every_genre_of_every_source_has_a_line_and_only_folders_have_more()
    {
        foreach ((string source, string[] genres) in Sources)
        {
            string[] found = [.. Lines.Where(l => l[0] == source).Select(l => l[1])];
            Assert.Equal(genres.Order(StringComparer.Ordinal), (source == "folder" ? found.Intersect(genres) : found).Order(StringComparer.Ordinal));
        }

        Assert.Equal(Sources.Keys.Order(), Lines.Skip(1).Select(l => l[0]).Distinct().Order());
    }

    [Fact]
    public void The_sets_hold_the_genres_that_they_are_named_for()
    {
        Assert.Equal(["source", "source_genre", .. Sets.Keys], Lines[0]);
        foreach ((string set, string genres) in Sets)
        {
            int column = Array.IndexOf(Lines[0], set);
            Assert.Equal(genres, string.Join(' ', Lines.Skip(1).Select(l => l[column]).Where(g => g.Length > 0).Distinct().Order(StringComparer.Ordinal)));
        }
    }

    [Theory]
    [InlineData("tagtraum-15", "tagtraum", "Blues Country Electronic Folk Jazz Latin Metal New_Age Pop Punk Rap Reggae RnB Rock World")]
    [InlineData("topmagd-13", "tagtraum", "Blues Country Electronic Folk International Jazz Latin New_Age Pop_Rock Rap Reggae RnB Vocal")]
    [InlineData("topmagd-13", "topmagd", "Blues Country Electronic Folk International Jazz Latin New_Age Pop_Rock Rap Reggae RnB Vocal")]
    [InlineData("gtzan-10", "folder", "blues classical country disco hiphop jazz metal pop reggae rock")]
    public void A_source_keeps_its_own_genres_in_its_own_set(string set, string source, string genres)
    {
        int column = Array.IndexOf(Lines[0], set);
        foreach (string genre in genres.Split(' '))
        {
            Assert.Equal(genre.ToLowerInvariant(), Assert.Single(Lines, l => l[0] == source && l[1].Replace(' ', '_') == genre)[column]);
        }
    }

    [Fact]
    public void What_cannot_be_told_apart_has_no_place()
    {
        Assert.All(Lines.Where(l => l[0] is "tagtraum" or "topmagd" && l[1] == "Pop_Rock"), l => Assert.Equal(["pop_rock", "", "", "pop_rock"], l[2..]));
        string[] rocks = ["pop", "rock", "metal", "punk"];
        Assert.All(Lines.Skip(1).Where(l => rocks.Contains(l[3]) || rocks.Contains(l[4])), l => Assert.Equal("pop_rock", l[2]));
        Assert.All(Lines.Where(l => l[2] is "disco" or "classical"), l => Assert.Contains(l[0], (string[])["folder", "topmagd"]));
    }
}
