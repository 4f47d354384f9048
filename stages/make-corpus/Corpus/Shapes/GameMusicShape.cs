using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>Whole pieces of music for games, filed by what they are for. Each game has some of every class, and sounds alike in all of them.</summary>
internal sealed class GameMusicShape() : Shape("game-music", "whole pieces of games, by their purpose", "--no-faults")
{
    public override IReadOnlyList<string> Entries => ["songs", "games.csv", "faults.csv"];

    public override GenreTable Genres => GenreTable.GameMusic;

    public override int Artists => 24;

    public override void Write(CorpusRun run)
    {
        IReadOnlyList<PlannedClip> clips = Plan(run.Options);
        if (run.Options.HasFaults)
        {
            clips = FaultPlan.Add(clips, run.Options.Seed, NameOf);
        }

        ClipFiles.Write(run, "songs", "games.csv", clips, song => ClipSound.Whole(song, run.Cancel));
        ClipFiles.WriteFaults(run, "faults.csv", clips);
    }

    private List<PlannedClip> Plan(CorpusOptions options)
    {
        var artists = new ArtistTable(Genres, options.Seed);
        var clips = new List<PlannedClip>();
        foreach (Genre genre in options.Genres)
        {
            for (int game = 0; game < options.Artists; game++)
            {
                Artist artist = artists.MakeGame(genre, game);
                // Not every game has as many battles as towns.
                int songs = options.Clips - artist.Dice.Child("songs").Below(1 + options.Clips / 2);
                for (int song = 0; song < songs; song++)
                {
                    int number = game * options.Clips + song;
                    clips.Add(PlannedClip.Good(artist, song, number, NameOf(artist, number), SoundForm.Any(artist.Dice.Child("form", song))));
                }
            }
        }

        return clips;
    }

    // As a soundtrack's files are named: with the game's title.
    private static string NameOf(Artist artist, int number) => $"{artist.Name} {number + 1:000}";
}
