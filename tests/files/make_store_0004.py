"""Makes `store-0004.zip`: the content of the first file, in a store of revision 0004.

Run once by the program of its day, when revision 0005 was made; see `make_store_0001`.

    python -m tests.files.make_store_0004
"""

from tests.files import make_store_0001 as first

FILE = first.FILE.with_name("store-0004.zip")


def main() -> None:
    """Write the file."""
    first.FILE, first.REVISION = FILE, "0004"
    first.main()


if __name__ == "__main__":
    main()
