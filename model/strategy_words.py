"""The words and numbers of a strategy file: how each is read, what is allowed, how it is written back."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field, GetCoreSchemaHandler, PlainSerializer, StrictFloat, StrictInt, StrictStr
from pydantic_core import CoreSchema, core_schema

from model.vocabulary import InputError, Milestone, Sector, member_of, nearest, word_of, words_of

#: The word that stands for every sector, or for every milestone that the dispute demands.
ALL = "all"

Member = TypeVar("Member", bound=IntEnum)


class Spelling:
    """How a member of an enumeration is read from its word, and written back as one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that reads a word of the enumeration ``source``."""

        def read(value: object) -> IntEnum:
            if isinstance(value, source):
                return value
            if not isinstance(value, str):
                raise InputError(f"{value!r} is not a word; one of {', '.join(words_of(source))}")
            return member_of(source, value)

        return core_schema.no_info_plain_validator_function(read)


Word = Annotated[Member, Spelling(), PlainSerializer(word_of)]
Share = Annotated[StrictFloat, Field(ge=0, le=1)]
Months = Annotated[StrictInt, Field(ge=0, le=1200)]
Count = Annotated[StrictInt, Field(ge=0, le=1000)]
Text = Annotated[StrictStr, Field(min_length=1)]


class Shares(tuple[tuple[str, float], ...]):
    """A table of words and shares in the order of the file; ``all`` stands for those not named."""

    vocabulary: ClassVar[type[IntEnum]]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that reads a table of words and shares."""
        keys = core_schema.no_info_plain_validator_function(cls.checked)
        values = core_schema.float_schema(ge=0, le=1, strict=True, allow_inf_nan=False)
        return core_schema.chain_schema(
            [
                core_schema.no_info_plain_validator_function(dict_of),
                core_schema.dict_schema(keys, values),
                core_schema.no_info_plain_validator_function(lambda table: cls(table.items())),
            ],
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    @classmethod
    def checked(cls, name: object) -> str:
        """Return ``name`` if the table may hold it."""
        allowed = [*words_of(cls.vocabulary), ALL]
        if name in allowed:
            return str(name)
        raise InputError(f"'{name}' is not one of {', '.join(allowed)}{nearest(str(name), allowed)}")

    @property
    def named(self) -> dict[str, float]:
        """The shares of those that are named one by one."""
        return {name: amount for name, amount in self if name != ALL}

    def spread(self, unsaid: list[float]) -> list[float]:
        """Return a share for every member; those that the table does not mention keep ``unsaid``."""
        said = dict(self)
        words = words_of(self.vocabulary)
        return [said.get(word, said.get(ALL, before)) for word, before in zip(words, unsaid, strict=True)]


def dict_of(value: object) -> dict[object, object]:
    """Return a table as a plain dictionary."""
    if isinstance(value, dict | Shares):
        return dict(value)
    raise InputError(f"{value!r} is not a table such as {{all = 0.2}}")


class Relief(Shares):
    """The share of what was imposed that a stage gives back, by sector; it adds up over stages."""

    vocabulary = Sector


class Asks(Shares):
    """The depth to be reached by the end of a stage, by milestone; 1.0 is all that the dispute demands."""

    vocabulary = Milestone
