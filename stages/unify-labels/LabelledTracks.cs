using Pipeline.Cli;
using Pipeline.Datasets;

namespace Pipeline.Stages.LabelUnification;

/// <summary>
/// What the label files say of the tracks. In memory are 16 bytes for the key of each track and four numbers for its genres:
/// some 60 MB for a million.
/// </summary>
internal sealed class LabelledTracks
{
    private const int Slots = 4; // one for each source that has files, in the sources' order, and Tagtraum's second genre

    private const int SecondSlot = 3;
    private const int ConflictsShown = 5;

    private static readonly LabelSource[] FileSources = [LabelSource.Tagtraum, LabelSource.Topmagd, LabelSource.Masd];

    private readonly Dictionary<UInt128, int> tracks = [];
    private readonly List<int> numbers = []; // of the genres in their source's vocabulary, 0 for none
    private readonly List<bool> isRecording = [];
    private readonly Vocabulary[] vocabularies;
    private readonly bool[] hasFiles = new bool[Slots];
    private readonly long[] conflicts = new long[Slots];

    /// <summary>Nothing yet.</summary>
    /// <param name="map">What the genres are in the set.</param>
    public LabelledTracks(GenreMap map) => vocabularies = [.. FileSources.Select(s => new Vocabulary(s, "", map))];

    /// <summary>The sources that have files.</summary>
    public IEnumerable<LabelSource> Sources => FileSources.Where(s => hasFiles[(int)s]);

    /// <summary>The genres that the files name.</summary>
    public IEnumerable<SourceGenre> Genres => vocabularies.SelectMany(v => v.Genres);

    /// <summary>Labels of a source that were passed over, because the track had another one before.</summary>
    public long Conflicts(LabelSource source) => conflicts[(int)source];

    /// <summary>Tracks that a source has a label of, and how many of them are no recordings.</summary>
    public (long Tracks, long NoRecording) Count(LabelSource source)
    {
        long count = 0, no = 0;
        for (int track = 0; track < isRecording.Count; track++)
        {
            if (numbers[Slots * track + (int)source] != 0)
            {
                count++;
                no += isRecording[track] ? 0 : 1;
            }
        }

        return (count, no);
    }

    /// <summary>Adds a source's file, whose labels count for tracks that have none of the source yet.</summary>
    /// <exception cref="StageException">The file cannot be read, or holds no labels.</exception>
    public void Read(LabelSource source, string path, Faults faults, CancellationToken cancel)
    {
        bool isEmpty = true;
        hasFiles[(int)source] = true;
        foreach ((int number, string line) in PublishedFile.Lines(path, cancel))
        {
            isEmpty = false;
            faults.Attempted();
            if (Add(source, line, $"{path}:{number}") is { } fault)
            {
                faults.Report($"{path}:{number}", "", fault);
            }
        }

        if (isEmpty)
        {
            throw new StageException($"{path} holds no labels, which are lines of a track's id, a tab and a genre");
        }
    }

    /// <summary>Looks up what is said of a track.</summary>
    /// <param name="trackId">Its key.</param>
    /// <param name="said">Takes what is said; class folders are left alone.</param>
    public void Find(string? trackId, Statements said)
    {
        if (TrackId.TryParse(trackId, out UInt128 key) && tracks.TryGetValue(key, out int track))
        {
            isRecording[track] = true;
            Fill(track, said);
        }
    }

    /// <summary>Goes through all tracks; the object is the same for all.</summary>
    public IEnumerable<Statements> All()
    {
        var said = new Statements();
        for (int track = 0; track < isRecording.Count; track++)
        {
            Fill(track, said);
            yield return said;
        }
    }

    private void Fill(int track, Statements said)
    {
        foreach (LabelSource source in FileSources)
        {
            said[source] = vocabularies[(int)source][numbers[Slots * track + (int)source]];
        }

        said.TagtraumSecond = vocabularies[(int)LabelSource.Tagtraum][numbers[Slots * track + SecondSlot]];
    }

    // Takes a line's label, or tells what is wrong with it.
    private string? Add(LabelSource source, ReadOnlySpan<char> line, string place)
    {
        Span<Range> fields = stackalloc Range[5];
        int count = line.Split(fields, '\t');
        ReadOnlySpan<char> id = line[fields[0]].Trim();
        if (!TrackId.TryParse(id, out UInt128 key))
        {
            return $"'{Ellipsis.AtEnd(id.ToString(), 24)}' is no track's id: TR and 16 letters or digits";
        }

        if (count == 1)
        {
            return "there is no genre after the track's id and a tab";
        }

        int most = source == LabelSource.Tagtraum ? 3 : 2;
        if (count > most)
        {
            return $"it has more than {most} fields" + (source == LabelSource.Tagtraum ? "" : ": a file with second genres is one of --tagtraum");
        }

        ReadOnlySpan<char> first = line[fields[1]].Trim(), second = count == 3 ? line[fields[2]].Trim() : default;
        if (first.IsEmpty)
        {
            return "its genre is empty";
        }

        Vocabulary vocabulary = vocabularies[(int)source];
        int number = vocabulary.NumberOf(first);
        if (!tracks.TryGetValue(key, out int track))
        {
            tracks.Add(key, track = isRecording.Count);
            isRecording.Add(false);
            numbers.AddRange([0, 0, 0, 0]);
        }

        int slot = Slots * track + (int)source;
        if (numbers[slot] == 0)
        {
            numbers[slot] = number;
            vocabulary[number]!.Tracks++;
            if (!second.IsEmpty)
            {
                int secondNumber = vocabulary.NumberOf(second);
                numbers[Slots * track + SecondSlot] = secondNumber;
                vocabulary[secondNumber]!.Tracks += secondNumber == number ? 0 : 1;
            }
        }
        else if (!vocabulary[numbers[slot]]!.Means(vocabulary[number]!) && ++conflicts[(int)source] <= ConflictsShown)
        {
            Terminal.Message($"{place}: {id} is {first} here and was {vocabulary[numbers[slot]]!.Name} before, which stays");
        }

        return null;
    }
}
