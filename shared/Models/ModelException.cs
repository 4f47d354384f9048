namespace Pipeline.Models;

/// <summary>A network that cannot be, or a model that cannot be read: one sentence says what, where and what to do.</summary>
public sealed class ModelException : IOException
{
    /// <summary>With a sentence.</summary>
    public ModelException(string message) : base(message)
    {
    }

    /// <summary>With a sentence and what caused it.</summary>
    public ModelException(string message, Exception inner) : base(message, inner)
    {
    }
}
