// Whether something can be written where somebody wants it, found out before there is anything to write: it is tried, and what
// the trial makes it takes away again.

namespace Nestor.Tools.Support;

/// <summary>Names of files and directories that are to be made.</summary>
public static class WritablePlace
{
    /// <summary>Why a file cannot be written, in words; null when it can be. One that is there is not touched.</summary>
    /// <param name="path">Its full path.</param>
    public static string? ProblemOfFile(string path)
    {
        if (Directory.Exists(path))
        {
            return "it is a directory";
        }

        string directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
        {
            return $"there is no directory {directory}";
        }

        return File.Exists(path) || CanMake(path) ? null : $"no file can be made in {directory}";
    }

    /// <summary>Why a directory cannot be made, or be filled if it is there, in words; null when it can be.</summary>
    /// <param name="path">Its full path.</param>
    public static string? ProblemOfDirectory(string path)
    {
        Stack<string> lacking = new();
        string at = path;
        for (; !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            if (File.Exists(at))
            {
                return $"{at} is a file";
            }

            lacking.Push(at);
        }

        Stack<string> made = new();
        try
        {
            for (; lacking.TryPop(out string? next); made.Push(next))
            {
                Directory.CreateDirectory(next);
            }

            return CanMake(Path.Combine(path, Path.GetRandomFileName())) ? null : $"no file can be made in {path}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"no directory can be made in {at}";
        }
        finally
        {
            while (made.TryPop(out string? one))
            {
                Directory.Delete(one);
            }
        }
    }

    private static bool CanMake(string file)
    {
        try
        {
            File.Create(file).Dispose();
            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
