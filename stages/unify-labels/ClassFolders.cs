using Pipeline.Tables;

namespace Pipeline.Stages.LabelUnification;

/// <summary>The class folders of all datasets.</summary>
/// <param name="map">What they are in the set.</param>
internal sealed class ClassFolders(GenreMap map)
{
    private readonly Dictionary<string, Vocabulary> vocabularies = [];

    /// <summary>All that were asked for.</summary>
    public IEnumerable<SourceGenre> Genres => vocabularies.Values.SelectMany(v => v.Genres);

    /// <summary>The genre of a recording's class folder; null where it is in none.</summary>
    public SourceGenre? Find(Recording recording)
    {
        if (string.IsNullOrWhiteSpace(recording.FolderLabel))
        {
            return null;
        }

        if (!vocabularies.TryGetValue(recording.Source, out Vocabulary? vocabulary))
        {
            vocabularies.Add(recording.Source, vocabulary = new Vocabulary(LabelSource.Folder, recording.Source, map));
        }

        return vocabulary[vocabulary.NumberOf(recording.FolderLabel)];
    }
}
