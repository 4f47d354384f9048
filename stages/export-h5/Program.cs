// export-h5: recordings -> song files of the Million Song Dataset's layout
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Writes recordings as song files of the Million Song Dataset's layout.");
return Stage.Run("export-h5", command, args);
