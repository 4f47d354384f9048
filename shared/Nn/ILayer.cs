namespace Pipeline.Nn;

/// <summary>
/// A part of a network with a backward pass written by hand. It reads the tensor it was made with and owns the one it writes.
/// </summary>
public interface ILayer : IDisposable
{
    /// <summary>What it writes.</summary>
    Tensor Output { get; }

    /// <summary>What it learns or keeps.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Computes the output of the first <paramref name="batch"/> samples of the input.</summary>
    void Forward(int batch, Pass pass);

    /// <summary>
    /// After a forward pass for training: the output holds the gradient of the loss with respect to itself. Writes the gradient of
    /// each trained parameter, and replaces the input by the gradient with respect to it, unless the input is data.
    /// </summary>
    void Backward(int batch);
}
