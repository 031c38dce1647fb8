"""What administrators do, as the house holds it."""

from dataclasses import dataclass

from services.administration.access_explained import AccessExplainer
from services.administration.parameter_desk import ParameterDesk
from services.administration.people_desk import PeopleDesk
from services.administration.people_preview import PeopleFiles
from services.administration.role_list import RoleList
from services.administration.unit_desk import UnitDesk
from services.directory import Corrections


@dataclass(frozen=True, slots=True)
class Administration:
    """Use cases of those who keep the house, or an organ of it."""

    parameters: ParameterDesk
    people: PeopleDesk
    units: UnitDesk
    files: PeopleFiles
    access: AccessExplainer
    roles: RoleList
    corrections: Corrections
