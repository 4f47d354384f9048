using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Asks for one path after the other and answers with verdicts.</summary>
/// <param name="listener">The model.</param>
/// <param name="session">Asks it.</param>
/// <param name="asked">Finds the pieces of a name.</param>
internal sealed class Conversation(Listener listener, Session session, Asked asked)
{
    private const string Prompt = "file or folder: ";

    /// <summary>Goes on until an empty line, the word quit, or the end of the input.</summary>
    public void Run(CancellationToken cancel)
    {
        Console.Out.WriteLine($"{listener.Description.Recipe}: {string.Join(", ", listener.Genres)}");
        Console.Out.WriteLine("Name a file or a folder (Tab completes); an empty line ends.");
        var editor = new LineEditor(Prompt);
        while (editor.Read(cancel) is { } line && TypedPath.Of(line) is { Length: > 0 } path && path is not ("quit" or "exit"))
        {
            session.Ask(asked.Pieces(path, cancel), null, cancel);
        }
    }
}
