using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>A track of the made-up Million Song Dataset: a song whose sound is analysed and not kept.</summary>
/// <param name="TrackId">18 characters, as <c>TRAAAAK128F9318786</c>.</param>
/// <param name="Artist">Who plays.</param>
/// <param name="Song">Which of the artist's songs, from 0; none of those that are clips.</param>
internal sealed record PlannedTrack(string TrackId, Artist Artist, int Song)
{
    /// <summary>Composes it: its score and all that is known of it.</summary>
    public Song Compose() => Composer.Compose(Artist, Song);
}
