namespace Pipeline.Nn.Files.Onnx;

/// <summary>
/// What flows between two layers of an ONNX model. A batch of them has the axes [samples, channels], then lines and columns where there
/// are such: channels come first there, while ours come last.
/// </summary>
public sealed class OnnxValue
{
    internal OnnxValue(string name, Shape shape, int placeAxes) => (Name, Shape, PlaceAxes) = (name, shape, placeAxes);

    /// <summary>Shape of a sample.</summary>
    public Shape Shape { get; }

    /// <summary>Its name in the graph.</summary>
    internal string Name { get; }

    /// <summary>Axes behind the channels: 0 of a vector, 1 of a sequence, 2 of a picture.</summary>
    internal int PlaceAxes { get; }

    /// <summary>Sizes of a sample, as ONNX has them.</summary>
    internal int[] Sizes => [Shape.Channels, .. PlaceSizes(Shape.Height, Shape.Width)];

    /// <summary>The numbers of the axes behind the channels.</summary>
    internal long[] PlaceAxisNumbers => [.. Enumerable.Range(2, PlaceAxes).Select(axis => (long)axis)];

    /// <summary>Of a setting for lines and one for columns, those that there are axes for.</summary>
    internal int[] PlaceSizes(int ofLines, int ofColumns) => PlaceAxes switch
    {
        0 => [],
        1 => [ofColumns],
        _ => [ofLines, ofColumns],
    };
}
